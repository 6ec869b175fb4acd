namespace MedTune.Tensors;

public static partial class DoubleMath
{
    private static readonly DoubleDouble HalfPi = new(1.5707963267948966, 6.123233995736766e-17);

    /// <summary>The angle in radians, between -pi/2 and pi/2, with this sine; NaN outside -1 to 1.</summary>
    public static double Asin(double x)
    {
        double size = Math.Abs(x);
        if (!(size < 1))
        {
            return size == 1 ? Math.CopySign(HalfPi.High, x) : double.NaN;
        }

        if (size < 1e-9)
        {
            return x;
        }

        DoubleDouble cosine = Root(DoubleDouble.Sum(1, size) * DoubleDouble.Sum(1, -size));
        return Math.CopySign(Arc(new DoubleDouble(size, 0) / cosine).Value, x);
    }

    /// <summary>The angle in radians, between 0 and pi, with this cosine; NaN outside -1 to 1.</summary>
    public static double Acos(double x)
    {
        if (!(Math.Abs(x) < 1))
        {
            return x == 1 ? 0 : x == -1 ? 2 * HalfPi.High : double.NaN;
        }

        DoubleDouble half = Arc(Root(DoubleDouble.Sum(1, -x) / DoubleDouble.Sum(1, x)));
        return 2 * half.Value;
    }

    /// <summary>The angle in radians, between -pi/2 and pi/2, with this tangent.</summary>
    public static double Atan(double x)
    {
        double size = Math.Abs(x);
        if (size < 1e-9 || double.IsNaN(x))
        {
            return x;
        }

        return Math.CopySign(double.IsInfinity(x) ? HalfPi.High : Arc(new DoubleDouble(size, 0)).Value, x);
    }

    /// <summary>The angle with the tangent t, above zero and finite, about 64 bits.</summary>
    private static DoubleDouble Arc(DoubleDouble t)
    {
        bool isSteep = t.High > 1;
        DoubleDouble x = isSteep ? new DoubleDouble(1, 0) / t : t;

        // tan(a / 2) = tan(a) / (1 + sqrt(1 + tan²(a))), twice: at most tan(pi / 16) is left for the series.
        x /= Root((x * x) + 1) + 1;
        x /= Root((x * x) + 1) + 1;
        double square = x.High * x.High;
        double sum = -1.0 / 27;
        for (int n = 25; n >= 3; n -= 2)
        {
            sum = Math.FusedMultiplyAdd(sum, square, ((n / 2) & 1) == 0 ? 1.0 / n : -1.0 / n);
        }

        DoubleDouble quarter = x + (x * DoubleDouble.Product(square, sum));
        DoubleDouble angle = new(4 * quarter.High, 4 * quarter.Low);
        return isSteep ? HalfPi + -angle : angle;
    }

    /// <summary>The square root of what is not below zero, about 100 bits.</summary>
    private static DoubleDouble Root(DoubleDouble x)
    {
        double root = Math.Sqrt(x.High);
        if (root == 0)
        {
            return default;
        }

        double rest = Math.FusedMultiplyAdd(-root, root, x.High) + x.Low;
        return DoubleDouble.Renormalized(root, rest / (2 * root));
    }
}
