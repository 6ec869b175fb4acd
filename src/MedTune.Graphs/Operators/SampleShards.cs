namespace MedTune.Graphs.Operators;

/// <summary>
/// How sums over samples are cut: sample i of a batch of B belongs to shard floor(8 i / B). The shards that have samples are added over one
/// fixed tree, so that any number of threads or machines that divide the shards gets the same bits.
/// </summary>
internal static class SampleShards
{
    /// <summary>Number of shards: a constant of the numerics profile.</summary>
    public const int Count = 8;

    /// <summary>The first sample of a shard; that of shard <see cref="Count"/> is the batch size.</summary>
    public static int Start(int shard, int batch) => (int)((((long)shard * batch) + Count - 1) / Count);

    /// <summary>How many shards have samples: those that do come in order, and the others are skipped.</summary>
    public static int Filled(int batch) => Math.Min(batch, Count);

    /// <summary>Adds partial sums, one row of <paramref name="width"/> per filled shard, into row 0: neighbors first, then pairs, then fours.</summary>
    public static void AddTree<T>(Span<T> partial, int shards, int width)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        for (int step = 1; step < shards; step *= 2)
        {
            for (int left = 0; left + step < shards; left += 2 * step)
            {
                var sum = partial.Slice(left * width, width);
                var addend = partial.Slice((left + step) * width, width);
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += addend[i];
                }
            }
        }
    }
}
