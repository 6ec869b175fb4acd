using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Sums gradients over the samples of a leaf.</summary>
/// <remarks>
/// Where every feature is wanted the samples are read row by row, only where they differ from a feature's commonest bin; large leaves are cut into
/// shards by their size alone, each with a histogram of its own, added in order. Where a node asks a few features, each is one task. Either way
/// the number of threads changes no bit.
/// </remarks>
internal sealed class HistogramFiller
{
    // 4096 rows are a task of 20 to 100 microseconds.
    private const int ShardRows = 4096;
    private const int MostShards = 16;

    // A histogram of more slots than this leaves the second cache; feature by feature it stays in the first.
    private const int MostSlots = 1 << 16;

    private readonly BinnedFeatures _features;
    private readonly int _outputs;
    private readonly TaskPool _pool;
    private readonly SlotRows? _slots;
    private readonly Histogram[] _shards = new Histogram[MostShards];
    private double[] _stats = [];

    /// <param name="features">Of all samples.</param>
    /// <param name="outputs">Gradients per sample.</param>
    /// <param name="everyFeature">Whether every leaf will ask for most features.</param>
    /// <param name="pool">Threads.</param>
    public HistogramFiller(BinnedFeatures features, int outputs, bool everyFeature, TaskPool pool)
    {
        (_features, _outputs, _pool) = (features, outputs, pool);
        _slots = everyFeature && outputs == 1 && features.SlotCount <= MostSlots ? features.Slots() : null;
    }

    /// <summary>Fills the chosen features; the others hold nothing of use.</summary>
    /// <param name="histogram">Receives the sums.</param>
    /// <param name="rows">The leaf's samples: part of this array.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="leaf">Whose samples they are, with their sums.</param>
    /// <param name="gradients">Of every sample of the features.</param>
    /// <param name="chosen">The features wanted.</param>
    public void Fill(Histogram histogram, int[] rows, int start, OpenLeaf leaf, double[] gradients, int[] chosen)
    {
        int count = leaf.Node.Samples;
        if (_slots is { } slots)
        {
            FillRows(slots, histogram, rows.AsMemory(start, count), gradients);
            foreach (int f in chosen)
            {
                histogram.Complete(f, slots, leaf.Sums);
            }

            return;
        }

        int stride = _outputs + 1;
        if (_stats.Length < count * stride)
        {
            _stats = new double[rows.Length * stride];
        }

        for (int i = 0; i < count; i++)
        {
            gradients.AsSpan(rows[start + i] * stride, stride).CopyTo(_stats.AsSpan(i * stride));
        }

        _pool.Run(chosen.Length, (Filler: this, histogram, chosen, Rows: rows.AsMemory(start, count)), static (state, i) =>
        {
            int f = state.chosen[i];
            var filler = state.Filler;
            var stats = filler._stats.AsSpan(0, state.Rows.Length * (filler._outputs + 1));
            state.histogram.Fill(f, filler._features.Bins(f), state.Rows.Span, stats);
        });
    }

    private void FillRows(SlotRows slots, Histogram histogram, ReadOnlyMemory<int> rows, double[] gradients)
    {
        int shards = Math.Clamp(rows.Length / ShardRows, 1, MostShards);
        _shards[0] = histogram;
        for (int s = 1; s < shards; s++)
        {
            _shards[s] ??= new Histogram(_features, _outputs);
        }

        _pool.Run(shards, (Shards: _shards, shards, slots, rows, gradients), static (state, s) =>
        {
            var (from, to) = Cut.Of(state.rows.Length, state.shards, s);
            state.Shards[s].Clear();
            state.Shards[s].Add(state.slots, state.rows.Span[from..to], state.gradients);
        });
        for (int s = 1; s < shards; s++)
        {
            histogram.Add(_shards[s]);
        }
    }
}
