namespace MedTune.Evaluation;

/// <summary>A share of rows with its interval: Wilson's, or that of the patient bootstrap where patients repeat.</summary>
internal static class RowShare
{
    /// <summary>The share of the rows that are hits.</summary>
    /// <param name="hits">At least one row.</param>
    /// <param name="patients">The patient of each row; null when every row is another patient.</param>
    /// <param name="options">Level and seed.</param>
    public static Estimate Of(bool[] hits, int[]? patients, EvaluationOptions options)
    {
        // The prevalence of hits: the same intervals as every other share of rows.
        BinarySample rows = BinarySample.Of(new BinaryPredictions(new double[hits.Length], [.. hits.Select(hit => hit ? 1 : 0)], null, patients), [0.5]);
        var metric = new PrevalenceMetric();
        BinaryEstimates estimates = new(rows, [metric], options);
        if (estimates.Open > 0)
        {
            estimates.Close(Bootstrap.Replicates(options.Seed, rows.UnitCount, options.ResamplesFor(rows.Count), 1, estimates.Measure));
        }
        return estimates.Found[metric.Name];
    }
}
