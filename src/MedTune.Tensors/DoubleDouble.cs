using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>An unevaluated sum of two doubles, about 106 bits: what <see cref="DoubleMath"/> computes with before it rounds once.</summary>
/// <remarks>Dekker, "A floating-point technique for extending the available precision", Numerische Mathematik 18 (1971); products by FMA.</remarks>
internal readonly struct DoubleDouble(double high, double low)
{
    public double High { get; } = high;

    public double Low { get; } = low;

    public double Value => High + Low;

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.High, -x.Low);

    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        DoubleDouble sum = Sum(x.High, y.High);
        DoubleDouble rest = Sum(x.Low, y.Low);
        DoubleDouble first = Renormalized(sum.High, sum.Low + rest.High);
        return Renormalized(first.High, first.Low + rest.Low);
    }

    public static DoubleDouble operator +(DoubleDouble x, double y)
    {
        DoubleDouble sum = Sum(x.High, y);
        return Renormalized(sum.High, sum.Low + x.Low);
    }

    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        double high = x.High * y.High;
        double low = Math.FusedMultiplyAdd(x.High, y.High, -high);
        return Renormalized(high, low + Math.FusedMultiplyAdd(x.High, y.Low, x.Low * y.High));
    }

    public static DoubleDouble operator *(DoubleDouble x, double y)
    {
        double high = x.High * y;
        double low = Math.FusedMultiplyAdd(x.High, y, -high);
        return Renormalized(high, Math.FusedMultiplyAdd(x.Low, y, low));
    }

    public static DoubleDouble operator /(DoubleDouble x, DoubleDouble y)
    {
        double quotient = x.High / y.High;
        double remainder = Math.FusedMultiplyAdd(-quotient, y.High, x.High) + Math.FusedMultiplyAdd(-quotient, y.Low, x.Low);
        return Renormalized(quotient, remainder / y.High);
    }

    /// <summary>x + y, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Sum(double x, double y)
    {
        double sum = x + y;
        double part = sum - x;
        return new(sum, (x - (sum - part)) + (y - part));
    }

    /// <summary>x * y, exactly unless it underflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Product(double x, double y)
    {
        double product = x * y;
        return new(product, Math.FusedMultiplyAdd(x, y, -product));
    }

    /// <summary>The same value with a low part below half a unit in the last place of the high part; |high| must be at least |low|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Renormalized(double high, double low)
    {
        double sum = high + low;
        return new(sum, low - (sum - high));
    }
}
