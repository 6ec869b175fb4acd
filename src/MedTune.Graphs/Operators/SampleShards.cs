using System.Numerics;
using System.Runtime.InteropServices;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// How sums over samples are cut: sample i of a batch of B belongs to shard floor(8 i / B). The shards that have samples are added over one
/// fixed tree, so that any number of threads or machines that divide the shards gets the same bits.
/// </summary>
internal static class SampleShards
{
    /// <summary>Number of shards: a constant of the numerics profile.</summary>
    public const int Count = NumericsProfile.Shards;

    /// <summary>The first sample of a shard; that of shard <see cref="Count"/> is the batch size.</summary>
    public static int Start(int shard, int batch) => (int)((((long)shard * batch) + Count - 1) / Count);

    /// <summary>How many shards have samples: those that do come in order, and the others are skipped.</summary>
    public static int Filled(int batch) => Math.Min(batch, Count);

    /// <summary>The sum of values that belong to samples: each shard's by <paramref name="sum"/>, then over the tree; 0 of none.</summary>
    /// <param name="values">An equal number of values per sample, sample by sample.</param>
    /// <param name="batch">Number of samples.</param>
    /// <param name="partial">Room for <see cref="Count"/> values.</param>
    /// <param name="sum">Sums the values of one shard.</param>
    public static T Sum<T>(ReadOnlySpan<T> values, int batch, Span<T> partial, Func<ReadOnlySpan<T>, T> sum)
        where T : unmanaged, INumber<T>
    {
        int each = batch == 0 ? 0 : values.Length / batch;
        int filled = 0;
        for (int shard = 0; shard < Count; shard++)
        {
            (int start, int end) = (Start(shard, batch), Start(shard + 1, batch));
            if (end > start)
            {
                partial[filled++] = sum(values[(start * each)..(end * each)]);
            }
        }

        AddTree(partial, filled, 1);
        return filled == 0 ? T.Zero : partial[0];
    }

    /// <summary>Adds partial sums, one row of <paramref name="width"/> per filled shard, into row 0: neighbors first, then pairs, then fours.</summary>
    public static void AddTree<T>(Span<T> partial, int shards, int width)
        where T : unmanaged, INumber<T>
    {
        for (int step = 1; step < shards; step *= 2)
        {
            for (int left = 0; left + step < shards; left += 2 * step)
            {
                var sum = partial.Slice(left * width, width);
                Add(partial.Slice((left + step) * width, width), sum);
            }
        }
    }

    private static void Add<T>(ReadOnlySpan<T> addend, Span<T> sum)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            var floats = MemoryMarshal.Cast<T, float>(sum);
            ElementWise.Map<AddKernel>(floats, MemoryMarshal.Cast<T, float>(addend), floats);
            return;
        }

        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += addend[i];
        }
    }
}
