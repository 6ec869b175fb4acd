namespace MedTune.Evaluation;

/// <summary>Compares two models in a metric that is a mean over rows.</summary>
internal static class PairedMean
{
    public static PairedDifference Of(string metric, PairedRows rows, double[] differences)
    {
        double mean = MeanInterval.Mean(differences);
        (Estimate difference, double p) = rows.IsClustered
            ? rows.Resample(mean, weights => WeightedMean(differences, weights))
            : Student(differences, mean, rows.Options);
        double[] folds = [.. rows.Folds.Select(fold => MeanInterval.Mean([.. fold.Select(i => differences[i])]))];
        return rows.WithFolds(metric, difference, p, folds);
    }

    /// <summary>The mean of values that count as often as their weights say; NaN where none counts.</summary>
    public static double WeightedMean(double[] values, int[] weights)
    {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
            total += weights[i];
        }
        return sum / total;
    }

    private static (Estimate Difference, double PValue) Student(double[] differences, double mean, EvaluationOptions options)
    {
        Estimate estimate = MeanInterval.Of(differences, mean, options).Around(mean);
        if (!estimate.HasInterval)
        {
            return (estimate, mean == 0 ? 1 : double.NaN);
        }
        int degrees = differences.Length - 1;
        double error = (estimate.High - mean) / StudentDistribution.Quantile(0.5 + (options.Confidence / 2), degrees);
        return (estimate, StudentDistribution.TwoSidedP(mean / error, degrees));
    }
}
