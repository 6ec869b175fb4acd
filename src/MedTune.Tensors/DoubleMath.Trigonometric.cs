namespace MedTune.Tensors;

public static partial class DoubleMath
{
    /// <summary>Bits of 2/pi behind the binary point, for arguments too large to reduce by subtraction.</summary>
    private static ReadOnlySpan<ulong> TwoOverPi =>
    [
        0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0,
        0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4,
        0x9C845F8BBDF9283B, 0x1FF897FFDE05980F, 0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D,
        0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    /// <summary>The sine of an angle in radians; NaN for infinity.</summary>
    public static double Sin(double x)
    {
        if (Math.Abs(x) < 1e-8)
        {
            return x;
        }

        if (!double.IsFinite(x))
        {
            return double.NaN;
        }

        DoubleDouble r = ReduceAngle(x, out int quadrant);
        return SineAt(r, quadrant);
    }

    /// <summary>The cosine of an angle in radians; NaN for infinity.</summary>
    public static double Cos(double x)
    {
        if (!double.IsFinite(x))
        {
            return double.NaN;
        }

        DoubleDouble r = ReduceAngle(x, out int quadrant);
        return SineAt(r, quadrant + 1);
    }

    /// <summary>The tangent of an angle in radians; NaN for infinity.</summary>
    public static double Tan(double x)
    {
        if (Math.Abs(x) < 1e-9)
        {
            return x;
        }

        if (!double.IsFinite(x))
        {
            return double.NaN;
        }

        DoubleDouble r = ReduceAngle(x, out int quadrant);
        var (sine, cosine) = (SineNearZero(r), CosineNearZero(r));
        return ((quadrant & 1) == 0 ? sine / cosine : -cosine / sine).Value;
    }

    private static double SineAt(DoubleDouble r, int quadrant)
    {
        double size = ((quadrant & 1) == 0 ? SineNearZero(r) : CosineNearZero(r)).Value;
        return (quadrant & 2) == 0 ? size : -size;
    }

    /// <summary>x = quadrant * pi/2 + result (quadrant modulo 4), |result| at most about pi/4.</summary>
    private static DoubleDouble ReduceAngle(double x, out int quadrant)
    {
        if (Math.Abs(x) >= 1 << 20)
        {
            return ReduceLargeAngle(x, out quadrant);
        }

        double count = Math.FusedMultiplyAdd(x, 0.6366197723675814, RoundingMagic) - RoundingMagic;
        quadrant = (int)count & 3;

        // pi/2 as three doubles: the first step is exact, the second is corrected by its own rounding error.
        double near = Math.FusedMultiplyAdd(-count, 1.5707963267948966, x);
        return DoubleDouble.Sum(near, 0) + -DoubleDouble.Product(count, 6.123233995736766e-17) + (count * 1.4973849048591698e-33);
    }

    /// <summary>Payne and Hanek, "Radian reduction for trigonometric functions", SIGNUM Newsletter 18 (1983): only the bits of 2/pi that matter.</summary>
    private static DoubleDouble ReduceLargeAngle(double x, out int quadrant)
    {
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(x));
        int exponent = (int)(bits >> 52) - 1075;
        ulong mantissa = ((ulong)bits & 0xFFFFFFFFFFFFF) | 0x10000000000000;

        // The fraction of mantissa * 2^exponent * (2/pi) / 4, 192 bits: whole turns drop out of the product.
        int shift = exponent - 2;
        ulong high = FractionWord(shift, 0);
        ulong middle = FractionWord(shift, 1);
        ulong low = FractionWord(shift, 2);
        ulong carry = Math.BigMul(low, mantissa, out ulong turn2);
        UInt128 next = ((UInt128)middle * mantissa) + carry;
        ulong turn1 = (ulong)next;
        ulong turn0 = (high * mantissa) + (ulong)(next >> 64);

        quadrant = (int)(turn0 >> 62);
        UInt128 fraction = (((UInt128)turn0 << 64) | turn1) << 2 | (turn2 >> 62);
        bool isNegative = (fraction >> 127) != 0;
        if (isNegative)
        {
            fraction = UInt128.Zero - fraction;
            quadrant++;
        }

        DoubleDouble turns = ToFraction(fraction) * new DoubleDouble(1.5707963267948966, 6.123233995736766e-17);
        if (x < 0)
        {
            quadrant = -quadrant;
        }

        quadrant &= 3;
        return isNegative == (x < 0) ? turns : -turns;
    }

    /// <summary>64 bits of 2/pi * 2^shift behind the binary point.</summary>
    private static ulong FractionWord(int shift, int word)
    {
        int start = shift + (64 * word);
        int index = start >> 6;
        int offset = start & 63;
        ulong first = index < 0 ? 0 : TwoOverPi[index];
        ulong second = TwoOverPi[index + 1];
        return offset == 0 ? first : (first << offset) | (second >> (64 - offset));
    }

    private static DoubleDouble ToFraction(UInt128 fraction)
    {
        // Normalized first, so that 53 + 53 bits hold what matters however small the angle is.
        int zeros = (int)UInt128.LeadingZeroCount(fraction);
        if (zeros >= 128)
        {
            return default;
        }

        UInt128 shifted = fraction << zeros;
        double high = Math.ScaleB((double)(ulong)(shifted >> 75), -53 - zeros);
        double low = Math.ScaleB((double)((ulong)(shifted >> 22) & 0x1FFFFFFFFFFFFF), -106 - zeros);
        return DoubleDouble.Renormalized(high, low);
    }

    private static DoubleDouble SineNearZero(DoubleDouble r)
    {
        double x = r.High;
        double t = x * x;
        double sum = 1.0 / 355687428096000;
        sum = Math.FusedMultiplyAdd(sum, t, -1.0 / 1307674368000);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 6227020800);
        sum = Math.FusedMultiplyAdd(sum, t, -1.0 / 39916800);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 362880);
        sum = Math.FusedMultiplyAdd(sum, t, -1.0 / 5040);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 120);
        sum = Math.FusedMultiplyAdd(sum, t, -1.0 / 6);
        double low = Math.FusedMultiplyAdd(-0.5 * t, r.Low, r.Low);
        return DoubleDouble.Renormalized(x, Math.FusedMultiplyAdd(t * x, sum, low));
    }

    private static DoubleDouble CosineNearZero(DoubleDouble r)
    {
        double x = r.High;
        DoubleDouble square = DoubleDouble.Product(x, x);
        double t = square.High;
        double sum = -1.0 / 6402373705728000;
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 20922789888000);
        sum = Math.FusedMultiplyAdd(sum, t, -1.0 / 87178291200);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 479001600);
        sum = Math.FusedMultiplyAdd(sum, t, -1.0 / 3628800);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 40320);
        sum = Math.FusedMultiplyAdd(sum, t, -1.0 / 720);
        sum = Math.FusedMultiplyAdd(sum, t, 1.0 / 24);
        double low = (-0.5 * square.Low) - (x * r.Low);
        DoubleDouble first = DoubleDouble.Renormalized(1, -0.5 * t);
        return DoubleDouble.Renormalized(first.High, first.Low + Math.FusedMultiplyAdd(t * t, sum, low));
    }
}
