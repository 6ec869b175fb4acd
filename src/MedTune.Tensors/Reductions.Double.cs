namespace MedTune.Tensors;


public static partial class Reductions
{
    /// <summary>The sum, in a fixed order: 64 running sums, then a fixed tree. 0 for no values.</summary>
    public static double Sum(ReadOnlySpan<double> x)
    {
        Span<double> lanes = stackalloc double[NumericsProfile.ReductionLanes];
        lanes.Clear();
        for (int start = 0; start < x.Length; start += NumericsProfile.ReductionLanes)
        {
            ReadOnlySpan<double> block = x.Slice(start, Math.Min(NumericsProfile.ReductionLanes, x.Length - start));
            for (int i = 0; i < block.Length; i++)
            {
                lanes[i] += block[i];
            }
        }

        return AddLanes(lanes);
    }

    /// <summary>The sum of products, each added by a fused multiply-add, in the order of <see cref="Sum(ReadOnlySpan{double})"/>.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireEqualLengths(x.Length, y.Length);
        Span<double> lanes = stackalloc double[NumericsProfile.ReductionLanes];
        lanes.Clear();
        for (int start = 0; start < x.Length; start += NumericsProfile.ReductionLanes)
        {
            int length = Math.Min(NumericsProfile.ReductionLanes, x.Length - start);
            ReadOnlySpan<double> first = x.Slice(start, length);
            ReadOnlySpan<double> second = y.Slice(start, length);
            for (int i = 0; i < first.Length; i++)
            {
                lanes[i] = Math.FusedMultiplyAdd(first[i], second[i], lanes[i]);
            }
        }

        return AddLanes(lanes);
    }

    /// <summary>The sum of squares, in the order of <see cref="Sum(ReadOnlySpan{double})"/>.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> x) => Dot(x, x);

    private static double AddLanes(Span<double> lanes)
    {
        for (int half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

    private static void RequireEqualLengths(int first, int second)
    {
        if (first != second)
        {
            throw new ArgumentException($"The two inputs must be equally long; they hold {first} and {second} values.");
        }
    }
}
