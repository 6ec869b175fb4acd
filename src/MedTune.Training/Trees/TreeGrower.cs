using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Grows one tree on binned samples by second-order gains.</summary>
/// <remarks>
/// A leaf's value is <c>sum of gradients / (sum of weights + ridge)</c>, per output; a gradient is the negative derivative of the loss, a weight
/// the second derivative. With class indicators as gradients and counts as weights the gain is Gini's, and a leaf holds shares. Features
/// are summed in parallel, each by one task in the order of the samples, so that the number of threads changes no bit.
/// </remarks>
internal sealed class TreeGrower(BinnedFeatures features, TreeOptions options, int outputs, TaskPool pool)
{
    private readonly SplitSearch _search = new(features, options, outputs);
    private readonly HistogramFiller _filler = new(features, outputs, options.FeatureShare >= 1, pool);
    private readonly Stack<Histogram> _spare = new();
    private readonly int _stride = outputs + 1;
    private readonly Split?[] _found = new Split?[features.Features];
    private readonly List<OpenLeaf> _open = [];
    private int[] _rows = [];
    private int[] _moved = [];
    private double[] _gradients = [];
    private int[] _allowed = [];
    private Philox _random;

    /// <summary>Whether every split tries the same features, so that a child's histogram is what its parent has and the other child has not.</summary>
    private bool IsShared => options.FeatureShare >= 1;

    /// <summary>Grows a tree.</summary>
    /// <param name="rows">The samples to use, in order.</param>
    /// <param name="gradients">Of every sample: one per output, then the weight.</param>
    /// <param name="allowed">The features that may be asked, in order.</param>
    /// <param name="random">Draws the features of each split; not used when all are tried.</param>
    public GrownTree Grow(ReadOnlySpan<int> rows, double[] gradients, int[] allowed, Philox random)
    {
        (_gradients, _allowed, _random) = (gradients, allowed, random);
        if (_moved.Length < rows.Length)
        {
            (_rows, _moved) = (new int[rows.Length], new int[rows.Length]);
        }

        rows.CopyTo(_rows);

        var tree = new GrownTree();
        var root = new OpenLeaf(tree.Add(0, 0, rows.Length), SumsOf(0, rows.Length), (double.NegativeInfinity, double.PositiveInfinity));
        Close(root);
        if (CanSplit(root))
        {
            Fill(root);
            Offer(root);
        }

        for (int leaves = 1; leaves < options.Leaves && _open.Count > 0; leaves++)
        {
            int place = Next();
            var leaf = _open[place];
            _open.RemoveAt(place);
            Divide(tree, leaf);
        }

        _open.ForEach(Release);
        _open.Clear();
        return tree;
    }

    /// <summary>The samples of a leaf of the tree grown last.</summary>
    public ReadOnlySpan<int> RowsOf(GrownNode leaf) => _rows.AsSpan(leaf.Start, leaf.Samples);

    /// <summary>The leaf with the largest gain; where leaves are not scarce the last one, which keeps few histograms alive.</summary>
    private int Next()
    {
        int best = _open.Count - 1;
        for (int i = 0; options.Leaves < int.MaxValue && i < _open.Count; i++)
        {
            var (gain, most) = (_open[i].Split!.Gain, _open[best].Split!.Gain);
            best = gain > most || (gain == most && _open[i].Node.Place < _open[best].Node.Place) ? i : best;
        }

        return best;
    }

    private void Divide(GrownTree tree, OpenLeaf leaf)
    {
        var (node, split) = (leaf.Node, leaf.Split!);
        node.Become(split);
        int count = Partition(node);
        var (leftNode, rightNode) = tree.Divide(node, count);
        double[] sums = SumsOf(node.Start, count);
        double[] others = [.. leaf.Sums.Zip(sums, (all, part) => all - part)];
        var (rangeLeft, rangeRight) = Ranges(split.Feature, leaf.Range, sums, others);
        var left = new OpenLeaf(leftNode, sums, rangeLeft);
        var right = new OpenLeaf(rightNode, others, rangeRight);
        Close(left);
        Close(right);
        var (small, large) = count <= node.Samples - count ? (left, right) : (right, left);
        if (CanSplit(large) && IsShared)
        {
            Fill(small);
            large.Histogram = Take();
            foreach (int f in _allowed)
            {
                large.Histogram.Subtract(f, leaf.Histogram!, small.Histogram!);
            }
        }

        Release(leaf);
        foreach (var child in (ReadOnlySpan<OpenLeaf>)[left, right])
        {
            if (CanSplit(child))
            {
                if (child.Histogram is null)
                {
                    Fill(child);
                }

                Offer(child);
            }
            else
            {
                Release(child);
            }
        }
    }

    private bool CanSplit(OpenLeaf leaf) =>
        leaf.Node.Depth < options.Depth && leaf.Node.Samples >= 2 && leaf.Sums[outputs] >= 2 * options.ChildWeight;

    /// <summary>Sums the features of a leaf that its split may ask.</summary>
    private void Fill(OpenLeaf leaf)
    {
        leaf.Histogram = Take();
        _filler.Fill(leaf.Histogram, _rows, leaf.Node.Start, leaf, _gradients, Drawn(leaf.Node.Place));
    }

    /// <summary>Finds the best split, and keeps the leaf when there is one.</summary>
    private void Offer(OpenLeaf leaf)
    {
        int[] chosen = Drawn(leaf.Node.Place);
        pool.Run(chosen.Length, (Grower: this, leaf, chosen), static (state, i) =>
        {
            int f = state.chosen[i];
            state.Grower._found[f] = state.Grower._search.Find(f, state.leaf.Histogram!.Of(f), state.leaf.Sums, state.Grower.Options.Gain);
        });
        foreach (int f in chosen)
        {
            if (_found[f] is { } split && split.Gain > (leaf.Split?.Gain ?? options.Gain))
            {
                leaf.Split = split;
            }
        }

        if (leaf.Split is null)
        {
            Release(leaf);
        }
        else
        {
            if (!IsShared)
            {
                Release(leaf);
            }

            _open.Add(leaf);
        }
    }

    private TreeOptions Options => options;

    /// <summary>The features tried at a node: all that are allowed, or a part drawn for this node.</summary>
    private int[] Drawn(int place)
    {
        if (IsShared)
        {
            return _allowed;
        }

        // A partial shuffle; the element numbers of a node are its own.
        int wanted = Math.Clamp((int)Math.Round(options.FeatureShare * _allowed.Length), 1, _allowed.Length);
        int[] drawn = [.. _allowed];
        for (int i = 0; i < wanted; i++)
        {
            int other = i + _random.Below(drawn.Length - i, ((ulong)place << 20) | (uint)i);
            (drawn[i], drawn[other]) = (drawn[other], drawn[i]);
        }

        Array.Resize(ref drawn, wanted);
        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>Moves the samples that go left to the front, both sides keeping their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Partition(GrownNode node)
    {
        byte[] bins = features.Bins(node.Feature);
        bool[] isLeft = node.IsLeft;
        int left = 0, right = 0;
        var own = _rows.AsSpan(node.Start, node.Samples);
        var moved = _moved.AsSpan(0, own.Length);
        foreach (int row in own)
        {
            // Written to both sides, kept on one: no branch to guess.
            int step = isLeft[bins[row]] ? 1 : 0;
            own[left] = row;
            moved[right] = row;
            left += step;
            right += 1 - step;
        }

        moved[..right].CopyTo(own[left..]);
        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] SumsOf(int start, int count)
    {
        var sums = new double[_stride];
        var rows = _rows.AsSpan(start, count);
        if (outputs == 1)
        {
            var pairs = MemoryMarshal.Cast<double, Vector128<double>>(_gradients);
            var pair = Vector128<double>.Zero;
            foreach (int row in rows)
            {
                pair += pairs[row];
            }

            pair.CopyTo(sums);
            return sums;
        }

        foreach (int row in rows)
        {
            for (int d = 0; d < _stride; d++)
            {
                sums[d] += _gradients[(row * _stride) + d];
            }
        }

        return sums;
    }

    /// <summary>Between which values the answers of two children must lie, so that no later split breaks the order of a monotone feature.</summary>
    private ((double Low, double High) Left, (double Low, double High) Right) Ranges(
        int feature, (double Low, double High) range, double[] left, double[] right)
    {
        int sign = options.Monotone.IsDefaultOrEmpty ? 0 : options.Monotone[feature];
        if (sign == 0)
        {
            return (range, range);
        }

        double middle = Math.Clamp(0.5 * (Value(left, 0) + Value(right, 0)), range.Low, range.High);
        return sign > 0 ? ((range.Low, middle), (middle, range.High)) : ((middle, range.High), (range.Low, middle));
    }

    private double Value(double[] sums, int output) => sums[output] / (sums[outputs] + options.Ridge);

    /// <summary>Sets the answers of a node that may stay a leaf.</summary>
    private void Close(OpenLeaf leaf)
    {
        var values = new float[outputs];
        for (int d = 0; d < outputs; d++)
        {
            values[d] = leaf.Sums[outputs] > 0 ? (float)Math.Clamp(Value(leaf.Sums, d), leaf.Range.Low, leaf.Range.High) : 0;
        }

        leaf.Node.Values = values;
        leaf.Node.Weight = leaf.Sums[outputs];
    }

    private Histogram Take() => _spare.TryPop(out var spare) ? spare : new Histogram(features, outputs);

    private void Release(OpenLeaf leaf)
    {
        if (leaf.Histogram is { } histogram)
        {
            _spare.Push(histogram);
            leaf.Histogram = null;
        }
    }
}
