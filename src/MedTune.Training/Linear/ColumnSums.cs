using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MedTune.Training;

/// <summary>Sums over short columns, 16 values at a time; the order is fixed, so every machine gives the same bits.</summary>
internal static class ColumnSums
{
    private const int Width = 4;

    /// <summary>The sum of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        var (a, b, c, d) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        int i = 0;
        for (; i <= x.Length - (4 * Width); i += 4 * Width)
        {
            a = Vector256.FusedMultiplyAdd(Vector256.Create(x[i..]), Vector256.Create(y[i..]), a);
            b = Vector256.FusedMultiplyAdd(Vector256.Create(x[(i + Width)..]), Vector256.Create(y[(i + Width)..]), b);
            c = Vector256.FusedMultiplyAdd(Vector256.Create(x[(i + (2 * Width))..]), Vector256.Create(y[(i + (2 * Width))..]), c);
            d = Vector256.FusedMultiplyAdd(Vector256.Create(x[(i + (3 * Width))..]), Vector256.Create(y[(i + (3 * Width))..]), d);
        }

        for (; i <= x.Length - Width; i += Width)
        {
            a = Vector256.FusedMultiplyAdd(Vector256.Create(x[i..]), Vector256.Create(y[i..]), a);
        }

        var all = (a + b) + (c + d);
        double sum = (all[0] + all[1]) + (all[2] + all[3]);
        for (; i < x.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(x[i], y[i], sum);
        }

        return sum;
    }

    /// <summary>Adds a multiple of values to sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultiple(double factor, ReadOnlySpan<double> values, Span<double> sums)
    {
        sums = sums[..values.Length];
        var factors = Vector256.Create(factor);
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
        {
            Vector256.FusedMultiplyAdd(factors, Vector256.Create(values[i..]), Vector256.Create<double>(sums[i..])).CopyTo(sums[i..]);
        }

        for (; i < values.Length; i++)
        {
            sums[i] = Math.FusedMultiplyAdd(factor, values[i], sums[i]);
        }
    }

    /// <summary>The sum of <c>weights x x</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double WeightedSquares(ReadOnlySpan<double> weights, ReadOnlySpan<double> x)
    {
        weights = weights[..x.Length];
        var all = Vector256<double>.Zero;
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            var own = Vector256.Create(x[i..]);
            all = Vector256.FusedMultiplyAdd(own * Vector256.Create(weights[i..]), own, all);
        }

        double sum = (all[0] + all[1]) + (all[2] + all[3]);
        for (; i < x.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(x[i] * weights[i], x[i], sum);
        }

        return sum;
    }

    /// <summary>Adds <c>factor weights x</c> to sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddWeighted(double factor, ReadOnlySpan<double> weights, ReadOnlySpan<double> x, Span<double> sums)
    {
        weights = weights[..x.Length];
        sums = sums[..x.Length];
        var factors = Vector256.Create(factor);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            Vector256.FusedMultiplyAdd(factors * Vector256.Create(weights[i..]), Vector256.Create(x[i..]), Vector256.Create<double>(sums[i..])).CopyTo(sums[i..]);
        }

        for (; i < x.Length; i++)
        {
            sums[i] = Math.FusedMultiplyAdd(factor * weights[i], x[i], sums[i]);
        }
    }
}
