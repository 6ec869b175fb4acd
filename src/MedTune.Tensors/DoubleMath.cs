namespace MedTune.Tensors;

/// <summary>Elementary functions in double that give the same bits on every machine.</summary>
/// <remarks>
/// The platform's library (all of <see cref="Math"/> but the exact operations) differs between machines, so these are built from additions,
/// multiplications, fused multiply-adds and integer steps only, with a two-double intermediate that is rounded once: errors stay below
/// 1 unit in the last place unless said otherwise. NaN gives NaN; limits and domains follow IEEE 754 (section 9.2).
/// </remarks>
public static partial class DoubleMath
{
    private const double Ln2High = 0.693147180559663;
    private const double Ln2Low = 2.8235290563031577e-13;
    private const double InverseLn2 = 1.4426950408889634;
    private const double RoundingMagic = 6755399441055744.0;

    private static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    private static readonly DoubleDouble OneOverLn2 = new(1.4426950408889634, 2.0355273740931033e-17);
    private static readonly DoubleDouble OneOverLn10 = new(0.4342944819032518, 1.098319650216765e-17);
    private static readonly DoubleDouble One = new(1, 0);

    /// <summary>The square root: exact by IEEE 754, here so that formulas need one class only. NaN below zero.</summary>
    public static double Sqrt(double x) => Math.Sqrt(x);

    /// <summary>e to the power x.</summary>
    public static double Exp(double x)
    {
        if (!(Math.Abs(x) < 746))
        {
            return double.IsNaN(x) ? x : x > 0 ? double.PositiveInfinity : 0;
        }

        DoubleDouble mantissa = Exp(new DoubleDouble(x, 0), out int exponent);
        return Math.ScaleB(mantissa.Value, exponent);
    }

    /// <summary>e to the power x, less 1: exact to the last place near zero too.</summary>
    public static double Expm1(double x)
    {
        if (!(Math.Abs(x) < 709))
        {
            return double.IsNaN(x) ? x : x > 0 ? Exp(x) : -1;
        }

        return x == 0 ? x : ExpLessOne(x).Value;
    }

    /// <summary>The natural logarithm; minus infinity at zero, NaN below it.</summary>
    public static double Log(double x) => IsOrdinary(x) ? Log(new DoubleDouble(x, 0)).Value : LogOfSpecial(x);

    /// <summary>The natural logarithm of 1 + x: exact to the last place near zero too; minus infinity at -1, NaN below it.</summary>
    public static double Log1p(double x)
    {
        if (!(x > -1) || double.IsPositiveInfinity(x))
        {
            return x == -1 ? double.NegativeInfinity : double.IsPositiveInfinity(x) ? x : double.NaN;
        }

        return x == 0 ? x : Log(DoubleDouble.Sum(1, x)).Value;
    }

    /// <summary>The logarithm to base 2, exact at powers of two; minus infinity at zero, NaN below it.</summary>
    public static double Log2(double x)
    {
        if (!IsOrdinary(x))
        {
            return LogOfSpecial(x);
        }

        DoubleDouble mantissa = LogOfMantissa(new DoubleDouble(x, 0), out int exponent);
        return ((mantissa * OneOverLn2) + exponent).Value;
    }

    /// <summary>The logarithm to base 10; minus infinity at zero, NaN below it.</summary>
    public static double Log10(double x) => IsOrdinary(x) ? (Log(new DoubleDouble(x, 0)) * OneOverLn10).Value : LogOfSpecial(x);

    /// <summary>x to the power y, with the special cases of IEEE 754 (<c>pow</c>): 1 for y = 0 even of NaN; NaN for x below 0 unless y is whole.</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        bool odd = IsOddInteger(y);
        double sign = odd && double.IsNegative(x) ? -1 : 1;
        double size = Math.Abs(x);
        if (size == 0 || double.IsInfinity(size) || double.IsInfinity(y))
        {
            return PowAtLimits(x, size, y, sign);
        }

        if (x < 0 && Math.Floor(y) != y)
        {
            return double.NaN;
        }

        DoubleDouble exponent = Log(new DoubleDouble(size, 0)) * y;
        if (!(Math.Abs(exponent.High) < 746))
        {
            return sign * (exponent.High > 0 ? double.PositiveInfinity : 0);
        }

        DoubleDouble mantissa = Exp(exponent, out int scale);
        return sign * Math.ScaleB(mantissa.Value, scale);
    }

    /// <summary>The hyperbolic tangent.</summary>
    public static double Tanh(double x)
    {
        double size = Math.Abs(x);
        if (!(size < 22))
        {
            return double.IsNaN(x) ? x : Math.CopySign(1, x);
        }

        if (size < 1e-9)
        {
            return x;
        }

        DoubleDouble twice = ExpLessOne(2 * size);
        return Math.CopySign((twice / (twice + 2)).Value, x);
    }

    /// <summary>1 / (1 + exp(-x)), the logistic function.</summary>
    public static double Sigmoid(double x)
    {
        if (!(Math.Abs(x) < 746))
        {
            return double.IsNaN(x) ? x : x > 0 ? 1 : 0;
        }

        // Only the exponential of a negative number is taken: it cannot overflow.
        DoubleDouble mantissa = Exp(new DoubleDouble(-Math.Abs(x), 0), out int exponent);
        if (exponent < -200)
        {
            return x > 0 ? 1 : Math.ScaleB(mantissa.Value, exponent);
        }

        DoubleDouble exp = mantissa * Math.ScaleB(1, exponent);
        return ((x > 0 ? One : exp) / (exp + 1)).Value;
    }

    /// <summary>log(1 + exp(x)).</summary>
    public static double Softplus(double x)
    {
        if (!(Math.Abs(x) < 746))
        {
            return double.IsNaN(x) || x > 0 ? x : 0;
        }

        DoubleDouble mantissa = Exp(new DoubleDouble(-Math.Abs(x), 0), out int exponent);
        if (exponent < -200)
        {
            return x > 0 ? x : Math.ScaleB(mantissa.Value, exponent);
        }

        DoubleDouble rest = Log((mantissa * Math.ScaleB(1, exponent)) + 1);
        return (x > 0 ? rest + x : rest).Value;
    }

    /// <summary>exp(x) = result * 2^exponent with the result between 0.7 and 1.5; |x| must be below 1000.</summary>
    private static DoubleDouble Exp(DoubleDouble x, out int exponent)
    {
        DoubleDouble part = ExpLessOne(x, out exponent);
        DoubleDouble sum = DoubleDouble.Renormalized(1, part.High);
        return DoubleDouble.Renormalized(sum.High, sum.Low + part.Low);
    }

    /// <summary>exp(x) - 1 for |x| below 709.</summary>
    private static DoubleDouble ExpLessOne(double x)
    {
        DoubleDouble part = ExpLessOne(new DoubleDouble(x, 0), out int exponent);
        if (exponent == 0)
        {
            return part;
        }

        // Halved twice over, so that 2^1023 itself need not exceed the range.
        double scale = Math.ScaleB(1, exponent - 1);
        DoubleDouble half = (part * scale) + DoubleDouble.Sum(scale, -0.5);
        return new DoubleDouble(2 * half.High, 2 * half.Low);
    }

    /// <summary>exp(r) - 1 where x = exponent * ln 2 + r and |r| is at most ln 2 / 2, about 60 bits.</summary>
    private static DoubleDouble ExpLessOne(DoubleDouble x, out int exponent)
    {
        double count = Math.FusedMultiplyAdd(x.High, InverseLn2, RoundingMagic) - RoundingMagic;
        exponent = (int)count;

        // count * Ln2High is exact (11 + 41 bits), and so is the subtraction.
        double near = Math.FusedMultiplyAdd(-count, Ln2High, x.High);
        DoubleDouble r = DoubleDouble.Sum(near, Math.FusedMultiplyAdd(-count, Ln2Low, x.Low));
        return DoubleDouble.Renormalized(r.High, Math.FusedMultiplyAdd(r.High * r.High, ExpTail(r.High), r.Low + (r.High * r.Low)));
    }

    /// <summary>(exp(r) - 1 - r) / r^2: the Taylor series up to r^14 / 14!.</summary>
    private static double ExpTail(double r)
    {
        double sum = 1.0 / 87178291200;
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 6227020800);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 479001600);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 39916800);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 3628800);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 362880);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 40320);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 5040);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 720);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 120);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 24);
        sum = Math.FusedMultiplyAdd(sum, r, 1.0 / 6);
        return Math.FusedMultiplyAdd(sum, r, 0.5);
    }

    /// <summary>log(x), about 66 bits, for x above zero and finite.</summary>
    private static DoubleDouble Log(DoubleDouble x)
    {
        DoubleDouble mantissa = LogOfMantissa(x, out int exponent);
        return exponent == 0 ? mantissa : (Ln2 * exponent) + mantissa;
    }

    /// <summary>log(m) where x = m * 2^exponent and m lies between 0.7 and 1.42.</summary>
    private static DoubleDouble LogOfMantissa(DoubleDouble x, out int exponent)
    {
        exponent = Math.ILogB(x.High);
        double mantissa = Math.ScaleB(x.High, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        // log(m) = 2 atanh(s) with s = (m - 1) / (m + 1), |s| < 0.172; the first terms carry two doubles.
        DoubleDouble less = DoubleDouble.Sum(mantissa - 1, Math.ScaleB(x.Low, -exponent));
        DoubleDouble s = less / (less + 2);
        DoubleDouble square = s * s;
        double t = square.High;
        double sum = 1.0 / 25;
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 23);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 21);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 19);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 17);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 15);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 13);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 11);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 9);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 7);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 5);
        DoubleDouble factor = new DoubleDouble(0.3333333333333333, 1.850371707708594e-17) + DoubleDouble.Product(sum, t);
        DoubleDouble half = s + (s * square * factor);
        return new DoubleDouble(2 * half.High, 2 * half.Low);
    }

    private static bool IsOrdinary(double x) => x > 0 && x < double.PositiveInfinity;

    private static double LogOfSpecial(double x) =>
        x == 0 ? double.NegativeInfinity : double.IsPositiveInfinity(x) ? x : double.NaN;

    private static bool IsOddInteger(double y) =>
        Math.Abs(y) < 9007199254740992.0 && Math.Floor(y) == y && ((long)y & 1) != 0;

    private static double PowAtLimits(double x, double size, double y, double sign)
    {
        if (double.IsInfinity(y))
        {
            return size == 1 ? 1 : (size > 1) == (y > 0) ? double.PositiveInfinity : 0;
        }

        // x is zero or infinite here.
        bool grows = double.IsInfinity(x) == (y > 0);
        return sign * (grows ? double.PositiveInfinity : 0);
    }
}
