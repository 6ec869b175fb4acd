using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>One sequence of boosted trees: its margins for every sample, and the next round.</summary>
internal sealed class Booster
{
    // So many rows are a task of 20 to 100 microseconds.
    internal const int BlockRows = 4096;

    private readonly BoostingObjective _objective;
    private readonly BoostingOptions _options;
    private readonly TreeGrower _grower;
    private readonly TaskPool _pool;
    private readonly int[] _rows;
    private readonly ulong _seed;
    private readonly ulong _stream;
    private readonly double[] _scores;
    private readonly double[] _gradients;
    private readonly bool[] _drawn;

    /// <summary>Starts at the best constants for the samples to learn from.</summary>
    /// <param name="objective">The loss of all samples.</param>
    /// <param name="rows">Those to learn from.</param>
    /// <param name="options">Step sizes and limits.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">Tells this sequence from all others of the run, in its upper 48 bits.</param>
    /// <param name="pool">Threads for the sums.</param>
    public Booster(BoostingObjective objective, int[] rows, BoostingOptions options, ulong seed, ulong stream, TaskPool pool)
    {
        (_objective, _rows, _options, _seed, _stream, _pool) = (objective, rows, options, seed, stream, pool);
        _grower = new TreeGrower(objective.Features, options.Tree, 1, pool);
        StartValues = objective.Offsets.IsEmpty ? objective.Start(rows) : new float[objective.Margins];
        _scores = new double[objective.Count * objective.Margins];
        for (int i = 0; i < _scores.Length; i++)
        {
            _scores[i] = objective.Offsets.IsEmpty ? StartValues[i % objective.Margins] : objective.Offsets[i];
        }

        _gradients = new double[objective.Count * 2];
        _drawn = new bool[objective.Count];
    }

    /// <summary>The margins before any tree.</summary>
    public float[] StartValues { get; }

    /// <summary>Adds one round.</summary>
    /// <returns>Its trees, one per margin.</returns>
    public GrownTree[] Step(int round)
    {
        int width = _objective.Margins;
        _objective.Prepare(_scores);
        var trees = new GrownTree[width];
        for (int k = 0; k < width; k++)
        {
            ulong stream = _stream + ((ulong)round * (ulong)width) + (ulong)k;
            _objective.Gradients(_scores, k, _gradients);
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
    public double Loss(ReadOnlySpan<int> rows) => _objective.Loss(_scores, rows);

    public void Save(BinaryWriter writer) => writer.Write(MemoryMarshal.AsBytes(_scores.AsSpan()));

    public void Load(BinaryReader reader) => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_scores.AsSpan()));

    /// <summary>Adds a tree's answers: the grower knows the leaves of the samples it has used, the others are asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddToScores(GrownTree tree, int margin)
    {
        int width = _objective.Margins;
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

        _pool.Run(Blocks(_objective.Count), (Booster: this, tree, margin), static (state, block) =>
        {
            var booster = state.Booster;
            int width = booster._objective.Margins;
            int end = Math.Min(booster._objective.Count, (block + 1) * BlockRows);
            for (int row = block * BlockRows; row < end; row++)
            {
                if (!booster._drawn[row])
                {
                    booster._scores[(row * width) + state.margin] += state.tree.LeafOf(booster._objective.Features, row).Values[0];
                }
            }
        });
    }

    internal static int Blocks(int rows) => (rows + BlockRows - 1) / BlockRows;

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
        int[] all = [.. Enumerable.Range(0, _objective.Features.Features)];
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
