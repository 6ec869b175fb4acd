using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MedTune.Tensors;

public static partial class Reductions
{
    /// <summary>The sum, in a fixed order: 64 running sums, then a fixed tree. 0 for no values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> x)
    {
        Span<double> lanes = stackalloc double[NumericsProfile.ReductionLanes];
        lanes.Clear();
        for (int start = 0; start < x.Length; start += NumericsProfile.ReductionLanes)
        {
            ReadOnlySpan<double> block = x.Slice(start, Math.Min(NumericsProfile.ReductionLanes, x.Length - start));
            int i = 0;
            for (; i <= block.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                (Vector256.Create<double>(lanes[i..]) + Vector256.Create(block[i..])).CopyTo(lanes[i..]);
            }

            for (; i < block.Length; i++)
            {
                lanes[i] += block[i];
            }
        }

        return AddLanes(lanes);
    }

    /// <summary>The sum of products, each added by a fused multiply-add, in the order of <see cref="Sum(ReadOnlySpan{double})"/>.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            int i = 0;
            for (; i <= length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                Vector256.FusedMultiplyAdd(Vector256.Create(first[i..]), Vector256.Create(second[i..]), Vector256.Create<double>(lanes[i..]))
                    .CopyTo(lanes[i..]);
            }

            for (; i < length; i++)
            {
                lanes[i] = Math.FusedMultiplyAdd(first[i], second[i], lanes[i]);
            }
        }

        return AddLanes(lanes);
    }

    /// <summary>The sum of squares, in the order of <see cref="Sum(ReadOnlySpan{double})"/>.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> x) => Dot(x, x);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double AddLanes(Span<double> lanes)
    {
        for (int half = lanes.Length / 2; half > 0; half /= 2)
        {
            int i = 0;
            for (; i <= half - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                (Vector256.Create<double>(lanes[i..]) + Vector256.Create<double>(lanes[(i + half)..])).CopyTo(lanes[i..]);
            }

            for (; i < half; i++)
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
