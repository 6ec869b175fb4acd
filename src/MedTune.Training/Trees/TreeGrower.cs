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
    private readonly Stack<Histogram> _spare = new();
    private readonly int _stride = outputs + 1;
    private readonly Split?[] _found = new Split?[features.Features];
    private readonly List<OpenLeaf> _open = [];
    private int[] _rows = [];
    private int[] _moved = [];
    private double[] _stats = [];
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
        _rows = rows.ToArray();
        if (_moved.Length < rows.Length)
        {
            (_moved, _stats) = (new int[rows.Length], new double[rows.Length * _stride]);
        }

        var tree = new GrownTree();
        var root = new OpenLeaf(tree.Add(0, rows.Length), 0, SumsOf(0, rows.Length), (double.NegativeInfinity, double.PositiveInfinity));
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
        int count = Partition(split, leaf.Start, node.Samples);
        var leftNode = tree.Add(node.Depth + 1, count);
        var rightNode = tree.Add(node.Depth + 1, node.Samples - count);
        node.Become(split, leftNode, rightNode);
        double[] sums = SumsOf(leaf.Start, count);
        double[] others = [.. leaf.Sums.Zip(sums, (all, part) => all - part)];
        var (rangeLeft, rangeRight) = Ranges(split.Feature, leaf.Range, sums, others);
        var left = new OpenLeaf(leftNode, leaf.Start, sums, rangeLeft);
        var right = new OpenLeaf(rightNode, leaf.Start + count, others, rangeRight);
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

    /// <summary>Sums the features of a leaf; where each split draws its own features, looks for the best split of these at once.</summary>
    private void Fill(OpenLeaf leaf)
    {
        leaf.Histogram = Take();
        int count = leaf.Node.Samples;
        for (int i = 0; i < count; i++)
        {
            _gradients.AsSpan(_rows[leaf.Start + i] * _stride, _stride).CopyTo(_stats.AsSpan(i * _stride));
        }

        int[] chosen = Drawn(leaf.Node.Place);
        pool.Run(chosen.Length, (Grower: this, leaf, chosen), static (state, i) =>
        {
            int count = state.leaf.Node.Samples;
            var grower = state.Grower;
            int f = state.chosen[i];
            state.leaf.Histogram!.Fill(f, grower.Bins(f), grower._rows.AsSpan(state.leaf.Start, count), grower._stats.AsSpan(0, count * grower._stride));
        });
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

    private byte[] Bins(int feature) => features.Bins(feature);

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
    private int Partition(Split split, int start, int count)
    {
        byte[] bins = features.Bins(split.Feature);
        Span<bool> isLeft = stackalloc bool[256];
        for (int bin = 0; bin < 256; bin++)
        {
            isLeft[bin] = split.Set is null ? (bin == 0 ? split.MissingLeft : bin <= split.Bin) : Array.BinarySearch(split.Set, (byte)bin) >= 0;
        }

        int left = 0, right = 0;
        var own = _rows.AsSpan(start, count);
        foreach (int row in own)
        {
            if (isLeft[bins[row]])
            {
                own[left++] = row;
            }
            else
            {
                _moved[right++] = row;
            }
        }

        _moved.AsSpan(0, right).CopyTo(own[left..]);
        return left;
    }

    private double[] SumsOf(int start, int count)
    {
        var sums = new double[_stride];
        for (int i = start; i < start + count; i++)
        {
            for (int d = 0; d < _stride; d++)
            {
                sums[d] += _gradients[(_rows[i] * _stride) + d];
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
