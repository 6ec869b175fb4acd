namespace MedTune.Tensors;

public static partial class DoubleMath
{
    /// <summary>The hyperbolic sine, (exp(x) - exp(-x)) / 2.</summary>
    public static double Sinh(double x)
    {
        double size = Math.Abs(x);
        if (size < 1e-9 || double.IsNaN(x))
        {
            return x;
        }

        if (size >= 22)
        {
            return Math.CopySign(HalfOfExp(size), x);
        }

        DoubleDouble less = ExpLessOne(size);
        return Math.CopySign(0.5 * (less + (less / (less + 1))).Value, x);
    }

    /// <summary>The hyperbolic cosine, (exp(x) + exp(-x)) / 2.</summary>
    public static double Cosh(double x)
    {
        double size = Math.Abs(x);
        if (!(size < 22))
        {
            return double.IsNaN(x) ? x : HalfOfExp(size);
        }

        DoubleDouble power = ExpLessOne(size) + 1;
        return 0.5 * (power + (One / power)).Value;
    }

    /// <summary>The number with this hyperbolic sine, log(x + sqrt(x² + 1)).</summary>
    public static double Asinh(double x)
    {
        double size = Math.Abs(x);
        if (!double.IsFinite(x) || size < 1e-9)
        {
            return x;
        }

        if (size < 1e-5)
        {
            return Math.FusedMultiplyAdd(x * x * x, -1.0 / 6, x);
        }

        if (size > 1e150)
        {
            return Math.CopySign((Log(new DoubleDouble(size, 0)) + Ln2).Value, x);
        }

        // x + sqrt(x² + 1) - 1, without cancellation near zero.
        DoubleDouble square = DoubleDouble.Product(size, size);
        DoubleDouble less = (square / (Root(square + 1) + 1)) + size;
        return Math.CopySign(Log(less + 1).Value, x);
    }

    /// <summary>The number of at least 0 with this hyperbolic cosine, log(x + sqrt(x² - 1)); NaN below 1.</summary>
    public static double Acosh(double x)
    {
        if (!(x >= 1) || double.IsInfinity(x))
        {
            return double.IsPositiveInfinity(x) ? x : double.NaN;
        }

        if (x > 1e150)
        {
            return (Log(new DoubleDouble(x, 0)) + Ln2).Value;
        }

        DoubleDouble less = DoubleDouble.Sum(x, -1);
        return x == 1 ? 0 : Log(less + Root(less * (less + 2)) + 1).Value;
    }

    /// <summary>The number with this hyperbolic tangent, log((1 + x) / (1 - x)) / 2; infinite at -1 and 1, NaN beyond.</summary>
    public static double Atanh(double x)
    {
        double size = Math.Abs(x);
        if (!(size < 1))
        {
            return size == 1 ? Math.CopySign(double.PositiveInfinity, x) : double.NaN;
        }

        return size < 1e-9 ? x : size < 1e-5
            ? Math.FusedMultiplyAdd(x * x * x, 1.0 / 3, x)
            : Math.CopySign(0.5 * Log(DoubleDouble.Sum(1, size) / DoubleDouble.Sum(1, -size)).Value, x);
    }

    private static double HalfOfExp(double x)
    {
        if (x > 1000)
        {
            return double.PositiveInfinity;
        }

        DoubleDouble mantissa = Exp(new DoubleDouble(x, 0), out int exponent);
        return Math.ScaleB(mantissa.Value, exponent - 1);
    }
}
