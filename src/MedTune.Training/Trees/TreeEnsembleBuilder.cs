using MedTune.Graphs;

namespace MedTune.Training;

/// <summary>Collects grown trees in the form a model file holds, and keeps them in fits and checkpoints.</summary>
internal sealed class TreeEnsembleBuilder(int targets)
{
    private const int NodeLength = 7;

    private readonly List<TreeNode> _nodes = [];
    private readonly List<int> _roots = [];
    private readonly List<TreeWeight> _weights = [];

    /// <summary>Number of trees.</summary>
    public int Count => _roots.Count;

    /// <summary>Adds a tree whose leaves add to one target, or to all of them.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="features">Whose bins it asks.</param>
    /// <param name="target">The target, or -1 where a leaf has a value for each.</param>
    public void Add(GrownTree tree, BinnedFeatures features, int target)
    {
        _roots.Add(_nodes.Count);

        // A set of levels takes one node per level, so places are known only once all nodes before have been counted.
        var places = new int[tree.Nodes.Count];
        int next = _nodes.Count;
        foreach (var node in tree.Nodes)
        {
            places[node.Place] = next;
            next += node.Left is not null && node.Set is { } set ? set.Length : 1;
        }

        foreach (var node in tree.Nodes)
        {
            if (node.Left is null)
            {
                int first = _weights.Count;
                for (int d = 0; d < node.Values.Length; d++)
                {
                    _weights.Add(new TreeWeight(target < 0 ? d : target, node.Values[d]));
                }

                _nodes.Add(new TreeNode(TreeBranch.Leaf, 0, 0, first, _weights.Count, false, node.Samples));
                continue;
            }

            var (left, right) = (places[node.Left.Place], places[node.Right!.Place]);
            if (node.Set is null)
            {
                _nodes.Add(new TreeNode(
                    TreeBranch.LessOrEqual, node.Feature, features.Threshold(node.Feature, node.Bin), left, right, node.MissingLeft, node.Samples));
                continue;
            }

            for (int i = 0; i < node.Set.Length; i++)
            {
                int otherwise = i + 1 < node.Set.Length ? _nodes.Count + 1 : right;
                _nodes.Add(new TreeNode(TreeBranch.Equal, node.Feature, features.Level(node.Feature, node.Set[i]), left, otherwise, false, node.Samples));
            }
        }
    }

    /// <summary>The trees so far.</summary>
    public TreeEnsemble Build() => new(targets, [.. _roots], [.. _nodes], [.. _weights], [], false);

    /// <summary>The trees as numbers: roots, then nodes, then weights.</summary>
    public double[] ToNumbers()
    {
        var numbers = new List<double>(3 + _roots.Count + (_nodes.Count * NodeLength) + (_weights.Count * 2)) { _roots.Count, _nodes.Count, _weights.Count };
        numbers.AddRange(_roots.Select(root => (double)root));
        foreach (var node in _nodes)
        {
            numbers.AddRange([(int)node.Branch, node.Feature, node.Threshold, node.True, node.False, node.MissingIsTrue ? 1 : 0, node.Cover]);
        }

        foreach (var weight in _weights)
        {
            numbers.AddRange([weight.Target, weight.Weight]);
        }

        return [.. numbers];
    }

    /// <summary>Takes up what <see cref="ToNumbers"/> gave.</summary>
    public void Load(ReadOnlySpan<double> numbers)
    {
        int roots = (int)numbers[0], nodes = (int)numbers[1], weights = (int)numbers[2];
        int at = 3;
        for (int i = 0; i < roots; i++)
        {
            _roots.Add((int)numbers[at++]);
        }

        for (int i = 0; i < nodes; i++, at += NodeLength)
        {
            var n = numbers.Slice(at, NodeLength);
            _nodes.Add(new TreeNode((TreeBranch)(int)n[0], (int)n[1], n[2], (int)n[3], (int)n[4], n[5] != 0, (float)n[6]));
        }

        for (int i = 0; i < weights; i++, at += 2)
        {
            _weights.Add(new TreeWeight((int)numbers[at], numbers[at + 1]));
        }
    }
}
