namespace MedTune.Evaluation;

/// <summary>A mean over rows and its interval: Student's t.</summary>
internal static class MeanInterval
{
    /// <summary>The sum in the order given over the number of values; NaN for none.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }
        return sum / values.Length;
    }

    /// <summary>Mean ± t times the standard error of the values.</summary>
    public static Interval Of(ReadOnlySpan<double> values, double mean, EvaluationOptions options)
    {
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }
        int n = values.Length;
        if (n < 2)
        {
            return Interval.None("no interval: it needs at least two rows");
        }
        double error = Math.Sqrt(squares / (n - 1.0) / n);

        // Values that are all equal differ from their computed mean by rounding at most.
        if (error <= 1e-14 * Math.Abs(mean))
        {
            return Interval.None("no interval: every row has the same value");
        }
        double half = StudentDistribution.Quantile(0.5 + (options.Confidence / 2), n - 1) * error;
        return new Interval(mean - half, mean + half, $"{options.Percent} t interval over rows");
    }
}
