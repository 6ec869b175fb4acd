namespace MedTune.Reports.Charts;

/// <summary>The logarithm to base 2, for axes of ratios.</summary>
/// <remarks>
/// Written out in additions and multiplications: the platform's own differs in the last bit between machines, and drawings must not.
/// </remarks>
internal static class BinaryLogarithm
{
    private const double NaturalLogarithmOfTwo = 0.69314718055994530942;

    /// <summary>log2(x), to about 1e-15; NaN for x at most 0, NaN or infinite.</summary>
    /// <param name="x">A positive, finite number.</param>
    public static double Of(double x)
    {
        if (!(x > 0) || double.IsInfinity(x))
        {
            return double.NaN;
        }

        int exponent = Math.ILogB(x);
        double mantissa = Math.ScaleB(x, -exponent);

        // ln m = 2 artanh((m - 1) / (m + 1)); for m in [1, 2) the argument is below 1/3 and 18 odd terms are enough.
        double ratio = (mantissa - 1) / (mantissa + 1);
        double square = ratio * ratio;
        double sum = 0;
        for (int term = 35; term >= 1; term -= 2)
        {
            sum = (sum * square) + (1.0 / term);
        }

        return exponent + (2 * ratio * sum / NaturalLogarithmOfTwo);
    }
}
