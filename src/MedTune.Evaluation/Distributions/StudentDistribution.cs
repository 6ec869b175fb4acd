namespace MedTune.Evaluation;

/// <summary>Student's t distribution.</summary>
internal static class StudentDistribution
{
    /// <summary>P(T ≤ t) with the given degrees of freedom (above 0).</summary>
    public static double Cumulative(double t, double degrees)
    {
        double tail = 0.5 * BetaDistribution.Cumulative(degrees / (degrees + (t * t)), degrees / 2, 0.5);
        return t > 0 ? 1 - tail : tail;
    }

    /// <summary>Two-sided p-value: P(|T| ≥ |t|).</summary>
    public static double TwoSidedP(double t, double degrees) => double.IsNaN(t)
        ? double.NaN
        : BetaDistribution.Cumulative(degrees / (degrees + (t * t)), degrees / 2, 0.5);

    /// <summary>The t with P(T ≤ t) = p, for p in (0, 1).</summary>
    public static double Quantile(double p, double degrees)
    {
        if (p == 0.5)
        {
            return 0;
        }
        // T² / (degrees + T²) is beta(1/2, degrees/2): small near the center, so no digit of a small t is lost.
        double tail = Math.Min(p, 1 - p);
        double x = BetaDistribution.Quantile(1 - (2 * tail), 0.5, degrees / 2);
        double t = Math.Sqrt(degrees * x / (1 - x));
        return p > 0.5 ? t : -t;
    }
}
