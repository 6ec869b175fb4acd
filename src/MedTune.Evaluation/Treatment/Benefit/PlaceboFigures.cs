namespace MedTune.Evaluation;

/// <summary>An effect held against effects of a placebo: of treatment labels given out at random, which can have none.</summary>
/// <remarks>
/// The p-value counts the effect itself among the placebos, so it is never 0: Phipson and Smyth, Stat Appl Genet Mol Biol 2010;9:39. No figure depends on the order of the rows.
/// </remarks>
/// <param name="Effect">The effect held against them.</param>
/// <param name="Repetitions">Placebos.</param>
/// <param name="Mean">Their mean: far from 0 where the method itself is wrong.</param>
/// <param name="StandardDeviation">Their spread; NaN for fewer than two.</param>
/// <param name="Low">The lower end of the range that holds the middle of the placebos, 95 % by default.</param>
/// <param name="High">Its upper end.</param>
/// <param name="PValue">Two-sided: the share of placebos, the effect included, at least as far from 0.</param>
public sealed record PlaceboFigures(double Effect, int Repetitions, double Mean, double StandardDeviation, double Low, double High, double PValue)
{
    /// <summary>Holds an effect against placebo effects found by the same method.</summary>
    /// <param name="effect">Finite.</param>
    /// <param name="placebos">At least one, finite.</param>
    /// <param name="options">The level of the range; null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">There is no placebo, or a number is not finite.</exception>
    public static PlaceboFigures Of(double effect, IReadOnlyList<double> placebos, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(placebos);
        options ??= EvaluationOptions.Default;
        options.Check();
        double[] sorted = [.. placebos.Order()];
        if (sorted.Length == 0 || !double.IsFinite(effect) || sorted.Any(placebo => !double.IsFinite(placebo)))
        {
            throw new InvalidPredictionsException("A refutation by placebo needs a finite effect and at least one finite placebo effect.");
        }
        double mean = MeanInterval.Mean(sorted);
        double squares = sorted.Sum(placebo => (placebo - mean) * (placebo - mean));
        double tail = (1 - options.Confidence) / 2;
        return new PlaceboFigures(
            effect,
            sorted.Length,
            mean,
            sorted.Length < 2 ? double.NaN : Math.Sqrt(squares / (sorted.Length - 1)),
            Bootstrap.Quantile(sorted, tail),
            Bootstrap.Quantile(sorted, 1 - tail),
            (1.0 + sorted.Count(placebo => Math.Abs(placebo) >= Math.Abs(effect))) / (1 + sorted.Length));
    }

    /// <summary>
    /// Holds the doubly robust effect against effects of permuted labels: the difference, between the arms given out at random, of what the outcomes exceed the expected outcome
    /// whatever the arm. No model is fitted again.
    /// </summary>
    /// <param name="predictions">At least one row in every arm.</param>
    /// <param name="treated">The arm whose benefit is asked.</param>
    /// <param name="control">The arm it is held against.</param>
    /// <param name="repetitions">Permutations, at least 1.</param>
    /// <param name="options">Level and seed; null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static PlaceboFigures Permuted(TreatmentPredictions predictions, int treated = 1, int control = 0, int repetitions = 200, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions, 1);
        options ??= EvaluationOptions.Default;
        EffectScores scores = DoublyRobustScores.Of(predictions).Effect(treated, control);
        double[] residuals = new double[predictions.Count];
        for (int row = 0; row < residuals.Length; row++)
        {
            double expected = 0;
            for (int arm = 0; arm < predictions.ArmCount; arm++)
            {
                int place = (row * predictions.ArmCount) + arm;
                expected += predictions.Propensities[place] * predictions.OutcomePredictions[place];
            }
            residuals[row] = predictions.Outcomes[row] - expected;
        }
        CanonicalRows rows = CanonicalRows.Of(predictions.Groups, [residuals, Array.ConvertAll(predictions.Arms, arm => (double)arm)]);
        residuals = rows.Take(residuals);
        int[] arms = rows.Take(predictions.Arms);
        double[] placebos = [.. Enumerable.Range(0, repetitions).Select(repetition => Difference(PermutedArms.Of(arms, rows.Units, options.Seed, repetition)))];
        return Of(AverageEffect.Of(scores, null, options).Value, [.. placebos.Where(double.IsFinite)], options);

        double Difference(int[] given)
        {
            double[] sums = new double[predictions.ArmCount];
            int[] counts = new int[predictions.ArmCount];
            for (int i = 0; i < given.Length; i++)
            {
                sums[given[i]] += residuals[i];
                counts[given[i]]++;
            }
            return (sums[treated] / counts[treated]) - (sums[control] / counts[control]);
        }
    }
}
