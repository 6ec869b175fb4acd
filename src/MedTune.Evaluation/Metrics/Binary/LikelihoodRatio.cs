using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>A ratio of two independent proportions with its interval on the log scale.</summary>
internal static class LikelihoodRatio
{
    public const string Citation = "Simel, Samsa and Matchar, J Clin Epidemiol 1991;44:763-770 (interval on the log scale)";

    /// <summary>(a / m) over (b / n); NaN where a denominator is 0.</summary>
    public static double Value(long a, long m, long b, long n) => m == 0 || n == 0 || b == 0 ? double.NaN : (double)a / m / ((double)b / n);

    public static Interval Of(double value, long a, long m, long b, long n, EvaluationOptions options)
    {
        if (a == 0)
        {
            return Interval.None("no interval: a cell of the confusion matrix is empty");
        }
        double error = Math.Sqrt((1.0 / a) - (1.0 / m) + (1.0 / b) - (1.0 / n));
        if (error == 0)
        {
            return Interval.None("no interval: all rows were called alike");
        }
        double factor = DoubleMath.Exp(options.NormalQuantile * error);
        return new Interval(value / factor, value * factor, $"{options.Percent} interval on the log scale");
    }
}
