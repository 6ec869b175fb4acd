using System.Numerics;
using System.Runtime.InteropServices;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>What recurrent layers compute with whole rows, in float by the engine's product and in double by the reference.</summary>
internal static class RecurrentProducts
{
    /// <summary>A product with the node's memory and threads: a is [m, k] (or [k, m] transposed), b [k, n] (or [n, k]).</summary>
    public static Multiplication<T> For<T>(KernelContext context, int m, int n, int k, bool transposeA, bool transposeB)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var product = FloatProduct.For(context, m, n, k, transposeA, transposeB);
            return (a, b, c) => product.Run(MemoryMarshal.Cast<T, float>(a), MemoryMarshal.Cast<T, float>(b), MemoryMarshal.Cast<T, float>(c));
        }

        return (a, b, c) => DoubleProduct.Multiply(
            m, n, k, MemoryMarshal.Cast<T, double>(a), transposeA, MemoryMarshal.Cast<T, double>(b), transposeB, MemoryMarshal.Cast<T, double>(c));
    }

    /// <summary>Adds a row to another.</summary>
    public static void Add<T>(ReadOnlySpan<T> row, Span<T> total)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < total.Length; i++)
        {
            total[i] += row[i];
        }
    }

    /// <summary>The sum of rows, one after another.</summary>
    public static void SumRows<T>(ReadOnlySpan<T> rows, Span<T> sum)
        where T : unmanaged, INumber<T>
    {
        sum.Clear();
        for (int start = 0; start < rows.Length; start += sum.Length)
        {
            Add(rows.Slice(start, sum.Length), sum);
        }
    }

    /// <summary>Some columns of rows, brought together.</summary>
    public static void Columns<T>(ReadOnlySpan<T> rows, int width, int first, int count, Buffer<T> destination)
        where T : unmanaged
    {
        var target = destination.Span;
        for (int row = 0; row * width < rows.Length; row++)
        {
            rows.Slice((row * width) + first, count).CopyTo(target[(row * count)..]);
        }
    }
}
