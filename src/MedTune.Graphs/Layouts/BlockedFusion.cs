using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Takes additions and clamps that follow a blocked convolution or normalization into its store: conv + bias + residual + Relu is one sweep; and, on the way back, the
/// gradient of such a clamp into that of its normalization. Only where nothing else reads what lies between.
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
        if (node is { Domain: Operator.InternalDomain, OpType: "BlockedNormalizationGradient" })
        {
            return Gated(graph, node, nodes, givenBy, uses);
        }

        if (node.Domain.Length > 0)
        {
            return default;
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            string input = node.Inputs[i];
            if (input.Length == 0 || uses[input] != 1 || !givenBy.TryGetValue(input, out int place) || nodes[place] is not Node before
                || before is not { Domain: Operator.InternalDomain, OpType: "BlockedConv" or "BlockedDepthwise" or "BlockedNormalization" } || Clamp.IsSet(before.Attributes))
            {
                continue;
            }

            if (i == 0 && Bounds(graph, node) is var (minimum, maximum))
            {
                return (place, before with { Outputs = node.Outputs, Attributes = Clamp.With(before.Attributes, minimum, maximum) });
            }

            int addend = before.OpType == "BlockedNormalization" ? 5 : 3;
            if (node.OpType == "Add" && before.Inputs.Length <= addend && graph.Types[node.Inputs[1 - i]] == graph.Types[input])
            {
                var inputs = before.Inputs.AddRange(Enumerable.Repeat("", addend - before.Inputs.Length)).Add(node.Inputs[1 - i]);
                return (place, before with { Inputs = inputs, Outputs = node.Outputs });
            }
        }

        return default;
    }

    /// <summary>The way back through a normalization and the clamp in its store, which tells from x itself where the clamp held.</summary>
    private static (int Taken, Node? Replacement) Gated(Graph graph, Node node, List<Node?> nodes, Dictionary<string, int> givenBy, Dictionary<string, int> uses)
    {
        Node? Giver(string name) => givenBy.TryGetValue(name, out int place) ? nodes[place] : null;
        string arriving = node.Inputs[0];
        if (uses[arriving] != 1 || Giver(arriving) is not { OpType: "ReluGradient" or "ClipGradient" } before
            || Giver(before.Inputs[1]) is not { OpType: "BlockedNormalization", Inputs.Length: 5 } forward || !Clamp.IsSet(forward.Attributes)
            || Bounds(graph, before) != Clamp.Of(forward.Attributes)
            || forward.Attributes.Float("epsilon", 0) != node.Attributes.Float("epsilon", 0)
            || (forward.Inputs[0], forward.Inputs[1], forward.Inputs[3], forward.Inputs[4]) != (node.Inputs[1], node.Inputs[2], node.Inputs[3], node.Inputs[4]))
        {
            return default;
        }

        var (minimum, maximum) = Clamp.Of(forward.Attributes);
        return (givenBy[arriving], node with
        {
            Inputs = node.Inputs.SetItem(0, before.Inputs[0]).Add(forward.Inputs[2]),
            Attributes = Clamp.With(node.Attributes, minimum, maximum),
        });
    }

    /// <summary>The bounds of a Relu, or of a Clip by constants, or of one whose gradient this is.</summary>
    private static (float Minimum, float Maximum)? Bounds(Graph graph, Node node)
    {
        int first = node.OpType == "ClipGradient" ? 2 : 1;
        switch (node.OpType)
        {
            case "Relu" or "ReluGradient":
                return (0, float.PositiveInfinity);
            case "Clip" or "ClipGradient":
                float? Limit(int input, float otherwise) => input >= node.Inputs.Length || node.Inputs[input].Length == 0 ? otherwise
                    : graph.Initializers.GetValueOrDefault(node.Inputs[input]) is Tensor<float> tensor ? tensor.Values[0] : null;
                return Limit(first, float.NegativeInfinity) is float low && Limit(first + 1, float.PositiveInfinity) is float high ? (low, high) : null;
            default:
                return null;
        }
    }
}
