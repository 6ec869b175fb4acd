using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double SquareRootOfTwo = 1.4142135623730951;
    private const double SquareRootOfTwoPi = 2.5066282746310002;

    /// <summary>P(Z ≤ x).</summary>
    public static double Cumulative(double x) => 0.5 * DoubleMath.Erfc(-x / SquareRootOfTwo);

    /// <summary>Two-sided p-value of a z statistic: P(|Z| ≥ |z|). NaN stays NaN.</summary>
    public static double TwoSidedP(double z) => DoubleMath.Erfc(Math.Abs(z) / SquareRootOfTwo);

    /// <summary>The x with P(Z ≤ x) = p, for p in (0, 1); infinite at 0 and 1, NaN elsewhere.</summary>
    /// <remarks>
    /// Start: the rational approximation 26.2.23 of Abramowitz and Stegun (error below 4.5e-4). Then Halley steps on the
    /// cumulative function, each of which triples the number of right digits.
    /// </remarks>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        }
        if (p == 0.5)
        {
            return 0;
        }
        if (p > 0.5)
        {
            // 1 - p is exact here (Sterbenz), so the upper tail loses nothing.
            return -Quantile(1 - p);
        }

        double t = Math.Sqrt(-2 * DoubleMath.Log(p));
        double x = -(t - (((((0.010328 * t) + 0.802853) * t) + 2.515517) / ((((((0.001308 * t) + 0.189269) * t) + 1.432788) * t) + 1)));
        for (int step = 0; step < 3; step++)
        {
            double error = (Cumulative(x) - p) * SquareRootOfTwoPi * DoubleMath.Exp(0.5 * x * x);
            x -= error / (1 + (0.5 * x * error));
        }
        return x;
    }
}
