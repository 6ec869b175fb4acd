namespace MedTune.Tensors;

/// <summary>How a batch is cut for sums over samples: sample i of a batch of B belongs to shard floor(8 i / B).</summary>
internal static class SampleShardRange
{
    /// <summary>The first sample of a shard; that of the last shard + 1 is the batch size.</summary>
    public static int Start(int shard, int batch) => (int)((((long)shard * batch) + NumericsProfile.Shards - 1) / NumericsProfile.Shards);

    /// <summary>Where the shards that have samples start, and the batch size at the end.</summary>
    public static int[] Filled(int batch) =>
        [.. Enumerable.Range(0, NumericsProfile.Shards).Where(shard => Start(shard + 1, batch) > Start(shard, batch)).Select(shard => Start(shard, batch)), batch];
}
