namespace MedTune.TabularBenchmark;

/// <summary>The three figures of a set of predictions.</summary>
internal readonly record struct Scores(double Auroc, double LogLoss, double Brier)
{
    private const double Smallest = 1e-15;

    public static Scores Of(IReadOnlyList<double> probabilities, IReadOnlyList<int> targets)
    {
        double loss = 0;
        double brier = 0;
        for (int i = 0; i < targets.Count; i++)
        {
            double right = targets[i] == 1 ? probabilities[i] : 1 - probabilities[i];
            loss -= Math.Log(Math.Clamp(right, Smallest, 1));
            brier += (1 - right) * (1 - right);
        }

        double area = targets.Distinct().Count() == 2 ? MedTune.Evaluation.Auroc.Of([.. probabilities], [.. targets]) : double.NaN;
        return new Scores(area, loss / targets.Count, brier / targets.Count);
    }

    public static Scores Of(PartEvaluation part) => Of(part.Predictions);

    public static Scores Of(IReadOnlyCollection<SamplePrediction> predictions) =>
        Of([.. predictions.Select(p => p.Probabilities[1])], [.. predictions.Select(p => p.Target)]);

    public static Scores Mean(IReadOnlyCollection<Scores> scores) =>
        new(scores.Average(s => s.Auroc), scores.Average(s => s.LogLoss), scores.Average(s => s.Brier));
}
