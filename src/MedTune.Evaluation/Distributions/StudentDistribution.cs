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
        // With r = T² / degrees, 1 / (1 + r) is beta(degrees/2, 1/2) and r / (1 + r) is beta(1/2, degrees/2): the one that is small keeps its digits.
        double tail = Math.Min(p, 1 - p);
        double t;
        if (tail < 0.2)
        {
            double y = BetaDistribution.Quantile(2 * tail, degrees / 2, 0.5);
            t = Math.Sqrt(degrees * (1 - y) / y);
        }
        else
        {
            double x = BetaDistribution.Quantile(1 - (2 * tail), 0.5, degrees / 2);
            t = Math.Sqrt(degrees * x / (1 - x));
        }
        return p > 0.5 ? t : -t;
    }
}
