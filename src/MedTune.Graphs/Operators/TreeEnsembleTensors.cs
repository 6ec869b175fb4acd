using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Trees in the form of <c>ai.onnx.ml</c> 5: branches and leaves in lists of their own, numbers as tensors, and branches that ask whether a value is one of a set.
/// A set becomes a chain of equal-branches with one common yes.
/// </summary>
internal static class TreeEnsembleTensors
{
    private const int MemberMode = 6;

    public static TreeEnsemble Read(Node node)
    {
        var attributes = node.Attributes;
        double[] splits = Numbers(node, "nodes_splits");
        int branches = splits.Length;
        int[] modes = [.. Numbers(node, "nodes_modes").Select(mode => (int)mode)];
        var features = attributes.Ints("nodes_featureids");
        double[] weights = Numbers(node, "leaf_weights");
        var targets = attributes.Ints("leaf_targetids");
        long count = attributes.Int("n_targets", 1);
        Require(node, count is >= 1 and <= 1 << 16, "its number of targets must be from 1 to 65536.");
        Require(node, branches > 0 && modes.Length == branches && !features.IsDefault && features.Length == branches, "its lists of branches differ in length.");
        Require(node, weights.Length > 0 && !targets.IsDefault && targets.Length == weights.Length && targets.All(target => target >= 0 && target < count), "its lists of leaves differ in length, or a leaf belongs to a target that does not exist.");
        Require(node, modes.All(mode => mode is >= 0 and <= MemberMode) && features.All(feature => feature is >= 0 and < int.MaxValue), "one of its branches has a mode or asks a feature that does not exist.");
        var (yes, no) = (Children(node, "true", branches, weights.Length), Children(node, "false", branches, weights.Length));
        var tracks = attributes.Ints("nodes_missing_value_tracks_true");
        Require(node, tracks.IsDefaultOrEmpty || tracks.Length == branches, "its lists of branches differ in length.");
        var nodes = new TreeNode[branches].Concat(weights.Select((_, leaf) => new TreeNode(TreeBranch.Leaf, 0, 0, leaf, leaf + 1, false, 0))).ToList();
        var members = new Queue<double>(attributes.Tensor("membership_values") is null ? [] : Numbers(node, "membership_values"));
        for (int i = 0; i < branches; i++)
        {
            bool isMissingTrue = !tracks.IsDefaultOrEmpty && tracks[i] != 0;
            nodes[i] = modes[i] != MemberMode
                ? new TreeNode((TreeBranch)(modes[i] + 1), (int)features[i], splits[i], yes[i], no[i], isMissingTrue, 0)
                : Chain(node, nodes, members, new TreeNode(TreeBranch.Equal, (int)features[i], 0, yes[i], no[i], isMissingTrue, 0));
        }

        var roots = attributes.Ints("tree_roots");
        Require(node, !roots.IsDefaultOrEmpty && roots.All(root => root >= 0 && root < branches), "one of its trees begins at a branch that does not exist.");
        int[] places = [.. roots.Select(root => (int)root)];
        ImmutableArray<TreeWeight> leaves = [.. weights.Select((weight, leaf) => new TreeWeight((int)targets[leaf], weight))];
        TreeEnsembleAttributes.RequireTrees(node, [.. nodes], places, leaves, new int[nodes.Count + 1]);
        long aggregate = attributes.Int("aggregate_function", 1);
        Require(node, aggregate is 0 or 1, string.Create(CultureInfo.InvariantCulture, $"its aggregate {aggregate} is not supported; 0 (average) and 1 (sum) are."));
        return new TreeEnsemble((int)count, [.. places], [.. nodes], leaves, [], aggregate == 0);
    }

    /// <summary>The set of a branch, up to the next NaN: its first member's branch, the others behind all nodes. Without members nothing is below negative infinity.</summary>
    private static TreeNode Chain(Node node, List<TreeNode> nodes, Queue<double> members, TreeNode first)
    {
        var set = new List<double>();
        bool isClosed = false;
        while (!isClosed && members.TryDequeue(out double member))
        {
            isClosed = double.IsNaN(member);
            if (!isClosed)
            {
                set.Add(member);
            }
        }

        Require(node, isClosed, "the members of one of its sets are missing.");
        for (int i = 1; i < set.Count; i++)
        {
            bool isLast = i == set.Count - 1;
            nodes.Add(first with { Threshold = set[i], False = isLast ? first.False : nodes.Count + 1, MissingIsTrue = false });
        }

        return set.Count == 0 ? first with { Branch = TreeBranch.Less, Threshold = double.NegativeInfinity }
            : first with { Threshold = set[0], False = set.Count == 1 ? first.False : nodes.Count - set.Count + 1 };
    }

    /// <summary>Where branches lead: to another branch, or to a leaf, which lies behind all branches.</summary>
    private static int[] Children(Node node, string side, int branches, int leaves)
    {
        var (ids, isLeaf) = (node.Attributes.Ints($"nodes_{side}nodeids"), node.Attributes.Ints($"nodes_{side}leafs"));
        Require(node, !ids.IsDefault && !isLeaf.IsDefault && ids.Length == branches && isLeaf.Length == branches, "its lists of branches differ in length.");
        var children = new int[branches];
        for (int i = 0; i < branches; i++)
        {
            Require(node, ids[i] >= 0 && ids[i] < (isLeaf[i] != 0 ? leaves : branches), "one of its branches leads to a node that does not exist.");
            children[i] = (int)ids[i] + (isLeaf[i] != 0 ? branches : 0);
        }

        return children;
    }

    private static double[] Numbers(Node node, string name) => node.Attributes.Tensor(name) switch
    {
        Tensor<float> floats => Array.ConvertAll(floats.Values.ToArray(), value => (double)value),
        Tensor<double> doubles => doubles.Values.ToArray(),
        Tensor<byte> bytes => Array.ConvertAll(bytes.Values.ToArray(), value => (double)value),
        _ => throw new InvalidGraphException(NodeErrors.Sentence(node, $"its attribute '{name}' must be a tensor of numbers.")),
    };

    private static void Require(Node node, bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, otherwise));
        }
    }
}
