using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MedTune.Graphs.Operators;

namespace MedTune.Graphs;

/// <summary>Decision trees whose leaves are summed (or averaged) per output: what a TreeEnsembleRegressor node holds.</summary>
/// <remarks>A node may have several parents (a set of levels is a chain of equal-branches with one common yes), but never itself below it.</remarks>
/// <param name="Targets">Number of outputs, at least 1.</param>
/// <param name="Roots">The first node of each tree; at least one tree.</param>
/// <param name="Nodes">The nodes of all trees.</param>
/// <param name="Weights">The weights of all leaves.</param>
/// <param name="BaseValues">Added to each output; empty for zeros.</param>
/// <param name="IsAverage">Whether the trees' sum is divided by their number, before the base values are added.</param>
public sealed record TreeEnsemble(
    int Targets,
    ImmutableArray<int> Roots,
    ImmutableArray<TreeNode> Nodes,
    ImmutableArray<TreeWeight> Weights,
    ImmutableArray<double> BaseValues,
    bool IsAverage)
{
    /// <summary>The ONNX name of the operator.</summary>
    public const string OperatorName = "TreeEnsembleRegressor";

    /// <summary>The domain of the operator.</summary>
    public const string Domain = "ai.onnx.ml";

    private static readonly ConditionalWeakTable<Attributes, TreeEnsemble> Known = new();

    /// <summary>The trees of a node.</summary>
    /// <exception cref="InvalidGraphException">The attributes do not describe trees.</exception>
    public static TreeEnsemble Of(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Known.TryGetValue(node.Attributes, out var found) ? found : Remember(node);
    }

    /// <summary>The smallest number of columns the feature matrix must have.</summary>
    public int Features => Nodes.Where(node => node.Branch != TreeBranch.Leaf).Select(node => node.Feature + 1).DefaultIfEmpty(1).Max();

    /// <summary>The same as the attributes of <c>ai.onnx.ml</c> 3; thresholds and weights are written as floats.</summary>
    public Attributes ToAttributes() => TreeEnsembleAttributes.Write(this);

    private static TreeEnsemble Remember(Node node)
    {
        var trees = TreeEnsembleAttributes.Read(node);
        Known.AddOrUpdate(node.Attributes, trees);
        return trees;
    }
}
