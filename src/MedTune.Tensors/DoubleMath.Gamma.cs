namespace MedTune.Tensors;

public static partial class DoubleMath
{
    private static readonly DoubleDouble HalfLogTwoPi = new(0.9189385332046728, -3.8782941580672414e-17);
    private static readonly DoubleDouble LogPi = new(1.1447298858494002, 1.0265951162707826e-17);

    // zeta(k) / k with alternating sign, k from 24 down to 2: the Taylor series of log gamma at 1 behind its first term.
    private static ReadOnlySpan<double> LogGammaTail =>
    [
        0.04166666915034121, -0.04347826605304026, 0.04545455629320467, -0.047619070330142226, 0.05000004769810169, -0.05263167937961666,
        0.055555767627403614, -0.058823978658684585, 0.06250095514121304, -0.06666870588242046, 0.07143294629536133, -0.0769325164113522,
        0.083353840546109, -0.09095401714582904, 0.1000994575127818, -0.11133426586956469, 0.12550966952474304, -0.1440498967688461,
        0.1695571769974082, -0.20738555102867398, 0.27058080842778454, -0.40068563438653143, 0.8224670334241132,
    ];

    /// <summary>The logarithm of |gamma(x)|; plus infinity at zero and the negative integers.</summary>
    /// <remarks>Below zero the error is a few units in the last place of the larger of the result and 1, since the function has zeros there.</remarks>
    public static double LogGamma(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (double.IsInfinity(x) || x > 2.55e305 || (x <= 0 && Math.Floor(x) == x))
        {
            return double.PositiveInfinity;
        }

        if (x > 0)
        {
            return LogGammaPositive(x).Value;
        }

        if (x > -1e-20)
        {
            return -Log(-x);
        }

        // Reflection: gamma(x) gamma(1 - x) = pi / sin(pi x); the fraction of x is exact.
        double fraction = x - Math.Floor(x);
        DoubleDouble angle = new DoubleDouble(3.141592653589793, 1.2246467991473532e-16) * Math.Min(fraction, 1 - fraction);
        double sine = Math.Abs(angle.High) <= 0.78 ? SineNearZero(angle).Value : Sin(angle.High);
        DoubleDouble rest = Log(new DoubleDouble(sine, 0)) + LogOfGammaOneLess(x);
        return (LogPi + -rest).Value;
    }

    /// <summary>log gamma(1 - x) for x below zero.</summary>
    private static DoubleDouble LogOfGammaOneLess(double x)
    {
        double y = -x;
        return y < 0.125 ? LogGammaAtOne(y) : LogGammaPositive(y) + Log(new DoubleDouble(y, 0));
    }

    private static DoubleDouble LogGammaPositive(double x)
    {
        if (Math.Abs(x - 1) <= 0.125)
        {
            return LogGammaAtOne(x - 1);
        }

        if (Math.Abs(x - 2) <= 0.125)
        {
            return Log(DoubleDouble.Sum(1, x - 2)) + LogGammaAtOne(x - 2);
        }

        // gamma(x) = gamma(x + n) / (x (x + 1) ... (x + n - 1)): Stirling's series needs x of 16 or more for eight terms.
        DoubleDouble product = One;
        DoubleDouble shifted = new(x, 0);
        while (shifted.High < 16)
        {
            product *= shifted;
            shifted += 1;
        }

        DoubleDouble result = Stirling(shifted);
        return x < 16 ? result + -Log(product) : result;
    }

    /// <summary>log gamma(1 + z) for |z| at most 1/8.</summary>
    private static DoubleDouble LogGammaAtOne(double z)
    {
        double sum = 0;
        foreach (double coefficient in LogGammaTail)
        {
            sum = Math.FusedMultiplyAdd(sum, z, coefficient);
        }

        return (new DoubleDouble(-0.5772156649015329, 4.942915152430645e-18) + DoubleDouble.Product(sum, z)) * z;
    }

    private static DoubleDouble Stirling(DoubleDouble x)
    {
        double inverse = 1 / x.High;
        double t = inverse * inverse;
        double sum = -0.029550653594771242;
        sum = Math.FusedMultiplyAdd(sum, t, 0.00641025641025641);
        sum = Math.FusedMultiplyAdd(sum, t, -0.0019175269175269176);
        sum = Math.FusedMultiplyAdd(sum, t, 0.0008417508417508417);
        sum = Math.FusedMultiplyAdd(sum, t, -0.0005952380952380953);
        sum = Math.FusedMultiplyAdd(sum, t, 0.0007936507936507937);
        sum = Math.FusedMultiplyAdd(sum, t, -0.002777777777777778);
        sum = Math.FusedMultiplyAdd(sum, t, 0.08333333333333333);
        return ((x + -0.5) * Log(x)) + -x + HalfLogTwoPi + (sum * inverse);
    }
}
