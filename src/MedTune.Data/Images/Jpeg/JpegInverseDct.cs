namespace MedTune.Data.Images;

/// <summary>The inverse cosine transform of 8 x 8 coefficients in whole numbers.</summary>
/// <remarks>Each pass multiplies by the cosines times sqrt(2), rounded as products and sums of the 13-bit constants of Loeffler, Ligtenberg and Moschytz (ICASSP 1989), and
/// shifts back with rounding. The first pass keeps 2 extra bits (1 for 12-bit samples). These are the choices of the IJG library's accurate integer method, so that
/// both give the same samples.</remarks>
internal static class JpegInverseDct
{
    private const int ConstantBits = 13;

    /// <summary>Transforms a block and writes its samples.</summary>
    /// <param name="coefficients">64 dequantized coefficients, row by row; overwritten.</param>
    /// <param name="plane">Where the samples go.</param>
    /// <param name="at">The place of the block's first sample.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="precision">Bits of a sample: 8 or 12.</param>
    public static void Transform(Span<long> coefficients, Span<ushort> plane, int at, int stride, int precision)
    {
        int extraBits = precision == 8 ? 2 : 1;
        for (int column = 0; column < 8; column++)
        {
            Pass(coefficients, column, 8, ConstantBits - extraBits);
        }

        long middle = 1L << (precision - 1);
        long highest = (1L << precision) - 1;
        for (int row = 0; row < 8; row++)
        {
            Pass(coefficients, 8 * row, 1, ConstantBits + extraBits + 3); // 3: the transform's own factor of 8
            Span<ushort> target = plane.Slice(at + (row * stride), 8);
            for (int column = 0; column < 8; column++)
            {
                target[column] = (ushort)Math.Clamp(coefficients[(8 * row) + column] + middle, 0, highest);
            }
        }
    }

    // Eight values, `step` apart: even ones make a symmetric half, odd ones an antisymmetric half.
    private static void Pass(Span<long> values, int at, int step, int shift)
    {
        (long x0, long x1, long x2, long x3) = (values[at], values[at + step], values[at + (2 * step)], values[at + (3 * step)]);
        (long x4, long x5, long x6, long x7) = (values[at + (4 * step)], values[at + (5 * step)], values[at + (6 * step)], values[at + (7 * step)]);
        long rounding = 1L << (shift - 1);
        long sum = ((x0 + x4) << ConstantBits) + rounding;
        long difference = ((x0 - x4) << ConstantBits) + rounding;
        long outer = (10703 * x2) + (4433 * x6);
        long inner = (4433 * x2) - (10704 * x6);
        (long e0, long e1, long e2, long e3) = (sum + outer, difference + inner, difference - inner, sum - outer);
        long o0 = (11363 * x1) + (9633 * x3) + (6437 * x5) + (2260 * x7);
        long o1 = (9633 * x1) - (2259 * x3) - (11362 * x5) - (6436 * x7);
        long o2 = (6437 * x1) - (11362 * x3) + (2261 * x5) + (9633 * x7);
        long o3 = (2260 * x1) - (6436 * x3) + (9633 * x5) - (11363 * x7);
        values[at] = (e0 + o0) >> shift;
        values[at + step] = (e1 + o1) >> shift;
        values[at + (2 * step)] = (e2 + o2) >> shift;
        values[at + (3 * step)] = (e3 + o3) >> shift;
        values[at + (4 * step)] = (e3 - o3) >> shift;
        values[at + (5 * step)] = (e2 - o2) >> shift;
        values[at + (6 * step)] = (e1 - o1) >> shift;
        values[at + (7 * step)] = (e0 - o0) >> shift;
    }
}
