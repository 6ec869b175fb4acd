namespace MedTune.Modalities.Treatment;

/// <summary>Judges effects by the doubly robust scores of rows that their model had not seen.</summary>
/// <param name="Task">The search.</param>
/// <param name="Nuisances">Cross-fitted.</param>
/// <param name="Rows">The rows that are judged: those inside overlap.</param>
internal sealed record HeldOutEffects(TreatmentTask Task, Nuisances Nuisances, int[] Rows)
{
    private int Contrasts => Task.Samples.ArmCount - 1;

    /// <summary>The overlap-weighted mean score of each arm: the average effect where both arms were likely.</summary>
    public double[] Averages()
    {
        var means = new double[Contrasts];
        for (int arm = 1; arm <= Contrasts; arm++)
        {
            double sum = 0, weight = 0;
            foreach (int row in Rows)
            {
                sum += Nuisances.Overlap(row, arm) * Nuisances.Score(Task.Samples, row, arm);
                weight += Nuisances.Overlap(row, arm);
            }

            means[arm - 1] = sum / weight;
        }

        return means;
    }

    /// <summary>Judges the effects of a learner beside those of everybody alike.</summary>
    /// <param name="name">The learner.</param>
    /// <param name="effects">For every sample and contrast; only those of <see cref="Rows"/> are read.</param>
    /// <param name="alike">The same effect for everybody, by models without the row's part.</param>
    public LearnerResult Judge(string name, double[] effects, double[] alike)
    {
        double loss = 0, gain = 0, squares = 0, weight = 0;
        foreach (int row in Rows)
        {
            double own = 0, other = 0;
            for (int arm = 1; arm <= Contrasts; arm++)
            {
                double score = Nuisances.Score(Task.Samples, row, arm);
                double overlap = Nuisances.Overlap(row, arm);
                own += overlap * Square(score - effects[(row * Contrasts) + arm - 1]);
                other += overlap * Square(score - alike[(row * Contrasts) + arm - 1]);
                weight += overlap;
            }

            loss += own;
            gain += other - own;
            squares += Square(other - own);
        }

        double count = Rows.Length;
        double error = Math.Sqrt(Math.Max(0, squares - (gain * gain / count))) / weight;
        var (slope, slopeError) = Slope(effects);
        return new LearnerResult(name, loss / weight, gain / weight, error, slope, slopeError);
    }

    /// <summary>The weighted slope of the scores on the effects, each arm about its own means, with an error that allows for unequal noise.</summary>
    private (double Slope, double Error) Slope(double[] effects)
    {
        double along = 0, spread = 0;
        var centred = new List<(double Weight, double Effect, double Score)>();
        for (int arm = 1; arm <= Contrasts; arm++)
        {
            double weights = 0, effectSum = 0, scoreSum = 0;
            foreach (int row in Rows)
            {
                double own = Nuisances.Overlap(row, arm);
                weights += own;
                effectSum += own * effects[(row * Contrasts) + arm - 1];
                scoreSum += own * Nuisances.Score(Task.Samples, row, arm);
            }

            foreach (int row in Rows)
            {
                double own = Nuisances.Overlap(row, arm);
                double effect = effects[(row * Contrasts) + arm - 1] - (effectSum / weights);
                double score = Nuisances.Score(Task.Samples, row, arm) - (scoreSum / weights);
                along += own * effect * score;
                spread += own * effect * effect;
                centred.Add((own, effect, score));
            }
        }

        if (spread <= 1e-12)
        {
            return (0, double.PositiveInfinity);
        }

        double slope = along / spread;
        double squares = centred.Sum(item => Square(item.Weight * item.Effect * (item.Score - (slope * item.Effect))));
        return (slope, Math.Sqrt(squares) / spread);
    }

    private static double Square(double value) => value * value;
}
