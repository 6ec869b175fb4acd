namespace MedTune.Evaluation;

/// <summary>The metrics of one level, each with its own interval.</summary>
internal static class LevelValues
{
    public static Dictionary<string, Estimate> Of(BinaryPredictions predictions, EvaluationOptions options)
    {
        BinarySample rows = BinarySample.Of(predictions, [0.5]);
        BinaryEstimates estimates = new(rows, [new AurocMetric(), new LogLossMetric(), new BrierMetric()], options);
        if (estimates.Open > 0)
        {
            estimates.Close(Bootstrap.Replicates(options.Seed, rows.UnitCount, options.ResamplesFor(rows.Count), estimates.Open, estimates.Measure));
        }
        return estimates.Found;
    }

    public static Dictionary<string, Estimate> Of(MulticlassPredictions predictions, EvaluationOptions options)
    {
        MulticlassSample rows = MulticlassSample.Of(predictions);
        MulticlassEstimates estimates = new(new WeightedMulticlassSample(rows, [.. Enumerable.Range(0, rows.Classes).Select(rows.Against)], options));
        if (estimates.Open > 0)
        {
            estimates.Close(Bootstrap.Replicates(options.Seed, rows.UnitCount, options.ResamplesFor(rows.Count), estimates.Open, estimates.Measure));
        }
        return estimates.Found;
    }
}
