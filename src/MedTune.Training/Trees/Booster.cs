using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>One sequence of boosted trees: its margins for every sample, and the next round.</summary>
internal sealed class Booster
{
    // So many rows are a task of 20 to 100 microseconds.
    private const int BlockRows = 4096;

    private readonly TreeSamples _samples;
    private readonly BoostingOptions _options;
    private readonly TreeGrower _grower;
    private readonly TaskPool _pool;
    private readonly int[] _rows;
    private readonly ulong _seed;
    private readonly ulong _stream;
    private readonly double[] _scores;
    private readonly double[] _chances;
    private readonly double[] _gradients;
    private readonly bool[] _drawn;

    /// <summary>Starts at the log-odds of the samples to learn from.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="rows">Those to learn from.</param>
    /// <param name="options">Step sizes and limits.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">Tells this sequence from all others of the run, in its upper 48 bits.</param>
    /// <param name="pool">Threads for the sums.</param>
    public Booster(TreeSamples samples, int[] rows, BoostingOptions options, ulong seed, ulong stream, TaskPool pool)
    {
        (_samples, _rows, _options, _seed, _stream, _pool) = (samples, rows, options, seed, stream, pool);
        _grower = new TreeGrower(samples.Features, options.Tree, 1, pool);
        StartValues = samples.Offsets.IsEmpty ? Prior(samples, rows) : new float[samples.Margins];
        _scores = new double[samples.Count * samples.Margins];
        for (int i = 0; i < _scores.Length; i++)
        {
            _scores[i] = samples.Offsets.IsEmpty ? StartValues[i % samples.Margins] : samples.Offsets[i];
        }

        _chances = new double[_scores.Length];
        _gradients = new double[samples.Count * 2];
        _drawn = new bool[samples.Count];
    }

    /// <summary>The margins before any tree.</summary>
    public float[] StartValues { get; }

    /// <summary>Adds one round.</summary>
    /// <returns>Its trees, one per margin.</returns>
    public GrownTree[] Step(int round)
    {
        int width = _samples.Margins;
        Chances();
        var trees = new GrownTree[width];
        for (int k = 0; k < width; k++)
        {
            ulong stream = _stream + ((ulong)round * (ulong)width) + (ulong)k;
            Gradients(k);
            trees[k] = _grower.Grow(DrawRows(stream), _gradients, DrawFeatures(stream), default);
            foreach (var node in trees[k].Nodes)
            {
                node.Values[0] = (float)(_options.LearningRate * node.Values[0]);
            }

            AddToScores(trees[k], k);
        }

        return trees;
    }

    /// <summary>The loss of some samples, summed in their order.</summary>
    public double Loss(ReadOnlySpan<int> rows)
    {
        int width = _samples.Margins;
        Span<float> margins = stackalloc float[Math.Min(width, 1024)];
        margins = width > margins.Length ? new float[width] : margins;
        double sum = 0;
        foreach (int row in rows)
        {
            for (int k = 0; k < width; k++)
            {
                margins[k] = (float)_scores[(row * width) + k];
            }

            sum += PointwiseLoss.Of(margins, _samples.Classes[row]);
        }

        return sum;
    }

    public void Save(BinaryWriter writer) => writer.Write(MemoryMarshal.AsBytes(_scores.AsSpan()));

    public void Load(BinaryReader reader) => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_scores.AsSpan()));

    /// <summary>Adds a tree's answers: the grower knows the leaves of the samples it has used, the others are asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddToScores(GrownTree tree, int margin)
    {
        int width = _samples.Margins;
        _drawn.AsSpan().Clear();
        foreach (var leaf in tree.Nodes.Where(node => node.Left is null))
        {
            float value = leaf.Values[0];
            foreach (int row in _grower.RowsOf(leaf))
            {
                _scores[(row * width) + margin] += value;
                _drawn[row] = true;
            }
        }

        _pool.Run(Blocks(_samples.Count), (Booster: this, tree, margin), static (state, block) =>
        {
            var booster = state.Booster;
            int width = booster._samples.Margins;
            int end = Math.Min(booster._samples.Count, (block + 1) * BlockRows);
            for (int row = block * BlockRows; row < end; row++)
            {
                if (!booster._drawn[row])
                {
                    booster._scores[(row * width) + state.margin] += state.tree.LeafOf(booster._samples.Features, row).Values[0];
                }
            }
        });
    }

    private static int Blocks(int rows) => (rows + BlockRows - 1) / BlockRows;

    private static float[] Prior(TreeSamples samples, int[] rows)
    {
        // Half a sample more in each class keeps the logarithm of an absent one finite.
        var counts = Enumerable.Repeat(0.5, samples.ClassCount).ToArray();
        foreach (int row in rows)
        {
            counts[samples.Classes[row]]++;
        }

        double all = counts.Sum();
        return samples.ClassCount == 2
            ? [(float)DoubleMath.Log(counts[1] / counts[0])]
            : [.. counts.Select(count => (float)DoubleMath.Log(count / all))];
    }

    /// <summary>The probabilities that follow from the margins, of all samples.</summary>
    private void Chances() => _pool.Run(Blocks(_samples.Count), this, static (booster, block) =>
    {
        int width = booster._samples.Margins;
        int from = block * BlockRows;
        int end = Math.Min(booster._samples.Count, from + BlockRows);
        if (width == 1)
        {
            LogisticFunctions.Sigmoid(booster._scores.AsSpan(from..end), booster._chances.AsSpan(from..end));
            return;
        }

        for (int row = from; row < end; row++)
        {
            Softmax(booster._scores.AsSpan(row * width, width), booster._chances.AsSpan(row * width, width));
        }
    });

    private static void Softmax(ReadOnlySpan<double> margins, Span<double> chances)
    {
        double largest = margins[0];
        foreach (double margin in margins)
        {
            largest = Math.Max(largest, margin);
        }

        double sum = 0;
        for (int k = 0; k < chances.Length; k++)
        {
            chances[k] = DoubleMath.Exp(margins[k] - largest);
            sum += chances[k];
        }

        for (int k = 0; k < chances.Length; k++)
        {
            chances[k] /= sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gradients(int margin)
    {
        int width = _samples.Margins;
        int target = width == 1 ? 1 : margin;
        var classes = _samples.Classes.AsSpan();
        for (int row = 0; row < classes.Length; row++)
        {
            double chance = _chances[(row * width) + margin];
            _gradients[2 * row] = (classes[row] == target ? 1 : 0) - chance;
            _gradients[(2 * row) + 1] = Math.Max(chance * (1 - chance), 1e-12);
        }
    }

    private int[] DrawRows(ulong stream)
    {
        if (_options.RowShare >= 1)
        {
            return _rows;
        }

        var random = new Philox(_seed, RandomPurpose.Bootstrap, stream);
        int[] drawn = Array.FindAll(_rows, row => random.UniformDouble((ulong)row) < _options.RowShare);
        return drawn.Length > 0 ? drawn : _rows;
    }

    private int[] DrawFeatures(ulong stream)
    {
        int[] all = [.. Enumerable.Range(0, _samples.Features.Features)];
        int wanted = Math.Max(1, (int)Math.Ceiling(_options.FeatureShare * all.Length));
        if (wanted < all.Length)
        {
            new Philox(_seed, RandomPurpose.FeatureSampling, stream).Shuffle(all);
            Array.Resize(ref all, wanted);
            Array.Sort(all);
        }

        return all;
    }
}
