using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Takes additions and clamps that follow a blocked convolution or normalization into its store: conv + bias + residual + Relu is one sweep. Only where
/// nothing else reads what lies between.
/// </summary>
internal static class BlockedFusion
{
    /// <summary>The same graph with fewer nodes.</summary>
    public static Graph Apply(Graph graph)
    {
        var uses = graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs.Select(output => output.Name))
            .Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var nodes = new List<Node?>();
        var givenBy = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            var fused = node;
            if (Fuse(graph, node, nodes, givenBy, uses) is var (taken, replacement) && replacement is not null)
            {
                nodes[taken] = null;
                fused = replacement;
            }

            foreach (string output in fused.Outputs.Where(output => output.Length > 0))
            {
                givenBy[output] = nodes.Count;
            }

            nodes.Add(fused);
        }

        return graph with { Nodes = [.. nodes.OfType<Node>()] };
    }

    /// <summary>The node that does a node's work besides its own, in its place; the place of the node it was.</summary>
    private static (int Taken, Node? Replacement) Fuse(Graph graph, Node node, List<Node?> nodes, Dictionary<string, int> givenBy, Dictionary<string, int> uses)
    {
        if (node.Domain.Length > 0)
        {
            return default;
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            string input = node.Inputs[i];
            if (input.Length == 0 || uses[input] != 1 || !givenBy.TryGetValue(input, out int place) || nodes[place] is not Node before
                || before is not { Domain: Operator.InternalDomain, OpType: "BlockedConv" or "BlockedNormalization" } || Clamp.IsSet(before.Attributes))
            {
                continue;
            }

            if (i == 0 && Bounds(graph, node) is var (minimum, maximum))
            {
                return (place, before with { Outputs = node.Outputs, Attributes = Clamp.With(before.Attributes, minimum, maximum) });
            }

            int addend = before.OpType == "BlockedConv" ? 3 : 5;
            if (node.OpType == "Add" && before.Inputs.Length <= addend && graph.Types[node.Inputs[1 - i]] == graph.Types[input])
            {
                var inputs = before.Inputs.AddRange(Enumerable.Repeat("", addend - before.Inputs.Length)).Add(node.Inputs[1 - i]);
                return (place, before with { Inputs = inputs, Outputs = node.Outputs });
            }
        }

        return default;
    }

    /// <summary>The bounds of a Relu, or of a Clip by constants.</summary>
    private static (float Minimum, float Maximum)? Bounds(Graph graph, Node node)
    {
        switch (node.OpType)
        {
            case "Relu":
                return (0, float.PositiveInfinity);
            case "Clip":
                float? Limit(int input, float otherwise) => input >= node.Inputs.Length || node.Inputs[input].Length == 0 ? otherwise
                    : graph.Initializers.GetValueOrDefault(node.Inputs[input]) is Tensor<float> tensor ? tensor.Values[0] : null;
                return Limit(1, float.NegativeInfinity) is float low && Limit(2, float.PositiveInfinity) is float high ? (low, high) : null;
            default:
                return null;
        }
    }
}
