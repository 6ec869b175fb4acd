using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Trees as the attribute lists of <c>ai.onnx.ml</c> 3, and back with every number checked.</summary>
internal static class TreeEnsembleAttributes
{
    private static readonly ImmutableArray<string> Modes =
        ["LEAF", "BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

    public static Attributes Write(TreeEnsemble trees)
    {
        var nodes = trees.Nodes;
        var (treeOf, placeOf) = Places(trees);
        var (weightTree, weightNode, targets, weights) = (new List<long>(), new List<long>(), new List<long>(), new List<float>());
        for (int i = 0; i < nodes.Length; i++)
        {
            for (int w = nodes[i].True; nodes[i].Branch == TreeBranch.Leaf && w < nodes[i].False; w++)
            {
                weightTree.Add(treeOf[i]);
                weightNode.Add(placeOf[i]);
                targets.Add(trees.Weights[w].Target);
                weights.Add((float)trees.Weights[w].Weight);
            }
        }

        var attributes = Attributes.None
            .With("n_targets", trees.Targets)
            .With("aggregate_function", trees.IsAverage ? "AVERAGE" : "SUM")
            .With("post_transform", "NONE")
            .With("nodes_treeids", treeOf)
            .With("nodes_nodeids", placeOf)
            .With("nodes_featureids", nodes.Select(node => (long)node.Feature).ToArray())
            .With("nodes_modes", nodes.Select(node => Modes[(int)node.Branch]).ToArray())
            .With("nodes_values", nodes.Select(node => (float)node.Threshold).ToArray())
            .With("nodes_hitrates", nodes.Select(node => node.Cover).ToArray())
            .With("nodes_truenodeids", nodes.Select(node => Child(node, node.True)).ToArray())
            .With("nodes_falsenodeids", nodes.Select(node => Child(node, node.False)).ToArray())
            .With("nodes_missing_value_tracks_true", nodes.Select(node => node.MissingIsTrue ? 1L : 0L).ToArray())
            .With("target_treeids", weightTree.ToArray())
            .With("target_nodeids", weightNode.ToArray())
            .With("target_ids", targets.ToArray())
            .With("target_weights", weights.ToArray());
        return trees.BaseValues.IsEmpty ? attributes : attributes.With("base_values", trees.BaseValues.Select(value => (float)value).ToArray());

        long Child(TreeNode node, int child) => node.Branch == TreeBranch.Leaf ? 0 : placeOf[child];
    }

    public static TreeEnsemble Read(Node node)
    {
        var attributes = node.Attributes;
        string aggregate = attributes.String("aggregate_function", "SUM");
        Require(node, aggregate is "SUM" or "AVERAGE", $"its aggregate '{aggregate}' is not supported; SUM and AVERAGE are.");
        string transform = attributes.String("post_transform", "NONE");
        Require(node, transform == "NONE", $"its post_transform '{transform}' is not supported; only NONE is.");
        long targets = attributes.Int("n_targets", 1);
        Require(node, targets is >= 1 and <= 1 << 16, "its number of targets must be from 1 to 65536.");
        var ids = Keys(node, "nodes_");
        int count = ids.Length;
        Require(node, count > 0, "it has no nodes.");
        var places = new Dictionary<(long Tree, long Node), int>(count);
        var roots = ImmutableArray.CreateBuilder<int>();
        var seen = new HashSet<long>();
        for (int i = 0; i < count; i++)
        {
            Require(node, places.TryAdd(ids[i], i), "two of its nodes have the same number in one tree.");
            if (seen.Add(ids[i].Tree))
            {
                roots.Add(i);
            }
        }

        var (starts, weights) = ReadWeights(node, places, count, (int)targets);
        var nodes = ReadNodes(node, ids, places, starts);
        RequireTrees(node, nodes, roots, weights, starts);
        double[] bases = Numbers(node, "base_values");
        Require(node, bases.Length == 0 || bases.Length == targets, "its base values must be one per target.");
        return new TreeEnsemble((int)targets, roots.ToImmutable(), [.. nodes], weights, [.. bases], aggregate == "AVERAGE");
    }

    /// <summary>Tree and place within the tree of every node: the nodes of a tree must stand together, its root first.</summary>
    private static (long[] Tree, long[] Place) Places(TreeEnsemble trees)
    {
        var (treeOf, placeOf) = (new long[trees.Nodes.Length], new long[trees.Nodes.Length]);
        for (int tree = 0; tree < trees.Roots.Length; tree++)
        {
            int end = tree + 1 < trees.Roots.Length ? trees.Roots[tree + 1] : trees.Nodes.Length;
            for (int i = trees.Roots[tree]; i < end; i++)
            {
                (treeOf[i], placeOf[i]) = (tree, i - trees.Roots[tree]);
            }
        }

        return (treeOf, placeOf);
    }

    private static (int[] Starts, ImmutableArray<TreeWeight> Weights) ReadWeights(
        Node node, Dictionary<(long Tree, long Node), int> places, int count, int targets)
    {
        var owners = Keys(node, "target_");
        var ids = node.Attributes.Ints("target_ids");
        double[] values = Numbers(node, "target_weights");
        Require(node, !ids.IsDefault && ids.Length == owners.Length && values.Length == owners.Length, "its lists of leaf weights differ in length.");
        var starts = new int[count + 1];
        var owner = new int[owners.Length];
        for (int w = 0; w < owners.Length; w++)
        {
            Require(node, places.TryGetValue(owners[w], out owner[w]), "a leaf weight belongs to a node that does not exist.");
            Require(node, ids[w] >= 0 && ids[w] < targets, "a leaf weight belongs to a target that does not exist.");
            starts[owner[w] + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            starts[i + 1] += starts[i];
        }

        var next = starts.ToArray();
        var weights = new TreeWeight[owners.Length];
        for (int w = 0; w < owners.Length; w++)
        {
            weights[next[owner[w]]++] = new TreeWeight((int)ids[w], values[w]);
        }

        return (starts, [.. weights]);
    }

    private static TreeNode[] ReadNodes(
        Node node, (long Tree, long Node)[] ids, Dictionary<(long Tree, long Node), int> places, int[] starts)
    {
        int count = ids.Length;
        var attributes = node.Attributes;
        var modes = attributes.Strings("nodes_modes");
        var features = attributes.Ints("nodes_featureids");
        double[] thresholds = Numbers(node, "nodes_values");
        double[] covers = Numbers(node, "nodes_hitrates");
        var (yes, no) = (attributes.Ints("nodes_truenodeids"), attributes.Ints("nodes_falsenodeids"));
        var missing = attributes.Ints("nodes_missing_value_tracks_true");
        Require(
            node,
            !modes.IsDefault && modes.Length == count && !features.IsDefault && features.Length == count && thresholds.Length == count
                && !yes.IsDefault && yes.Length == count && !no.IsDefault && no.Length == count
                && (missing.IsDefaultOrEmpty || missing.Length == count) && (covers.Length == 0 || covers.Length == count),
            "its lists of nodes differ in length.");
        var nodes = new TreeNode[count];
        for (int i = 0; i < count; i++)
        {
            int mode = Modes.IndexOf(modes[i]);
            Require(node, mode >= 0, "one of its nodes has a mode that does not exist.");
            float cover = covers.Length == 0 ? 0 : (float)covers[i];
            if (mode == 0)
            {
                nodes[i] = new TreeNode(TreeBranch.Leaf, 0, 0, starts[i], starts[i + 1], false, cover);
                continue;
            }

            int left = 0, right = 0;
            Require(
                node,
                places.TryGetValue((ids[i].Tree, yes[i]), out left) && places.TryGetValue((ids[i].Tree, no[i]), out right),
                "one of its branches leads to a node that does not exist.");
            Require(node, features[i] is >= 0 and < int.MaxValue, "one of its branches asks a feature that does not exist.");
            bool tracks = !missing.IsDefaultOrEmpty && missing[i] != 0;
            nodes[i] = new TreeNode((TreeBranch)mode, (int)features[i], thresholds[i], left, right, tracks, cover);
        }

        return nodes;
    }

    /// <summary>Refuses circles, in which a walk would never end, and weights on branches.</summary>
    internal static void RequireTrees(
        Node node, TreeNode[] nodes, IReadOnlyList<int> roots, ImmutableArray<TreeWeight> weights, int[] starts)
    {
        var state = new byte[nodes.Length];
        var open = new Stack<int>();
        foreach (int root in roots)
        {
            open.Push(root);
            while (open.TryPeek(out int i))
            {
                bool entering = state[i] == 0;
                if (!entering || nodes[i].Branch == TreeBranch.Leaf)
                {
                    state[i] = 2;
                    open.Pop();
                    continue;
                }

                state[i] = 1;
                Require(node, starts[i] == starts[i + 1], "one of its branches holds a leaf weight.");
                foreach (int child in (ReadOnlySpan<int>)[nodes[i].True, nodes[i].False])
                {
                    Require(node, state[child] != 1, "the branches of one of its trees go round in a circle.");
                    if (state[child] == 0)
                    {
                        open.Push(child);
                    }
                }
            }
        }

        Require(node, weights.All(weight => !double.IsNaN(weight.Weight)), "one of its leaf weights is not a number.");
    }

    private static (long Tree, long Node)[] Keys(Node node, string prefix)
    {
        var (trees, nodes) = (node.Attributes.Ints(prefix + "treeids"), node.Attributes.Ints(prefix + "nodeids"));
        Require(node, !trees.IsDefault && !nodes.IsDefault && trees.Length == nodes.Length, $"its lists '{prefix}treeids' and '{prefix}nodeids' must be there and of one length.");
        return [.. trees.Zip(nodes)];
    }

    /// <summary>A list of floats, or the tensor that stands for it; empty when there is neither.</summary>
    private static double[] Numbers(Node node, string name) => node.Attributes.Tensor(name + "_as_tensor") switch
    {
        null => node.Attributes.Floats(name) is { IsDefault: false } floats ? [.. floats.Select(value => (double)value)] : [],
        Tensor<float> floats => Array.ConvertAll(floats.Values.ToArray(), value => (double)value),
        Tensor<double> doubles => doubles.Values.ToArray(),
        var other => throw new InvalidGraphException(NodeErrors.Sentence(
            node, string.Create(CultureInfo.InvariantCulture, $"'{name}_as_tensor' holds {other.Type}; Float or Double was expected."))),
    };

    private static void Require(Node node, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, otherwise));
        }
    }
}
