using MedTune.Graphs.Operators;

namespace MedTune.Graphs;

/// <summary>Lets blocked convolutions tell the moments of what they write, while it is still near, in the place of a sweep of its own.</summary>
internal static class MomentsFusion
{
    /// <summary>The same graph with fewer nodes.</summary>
    public static Graph Apply(Graph graph)
    {
        var givers = graph.Nodes.SelectMany(node => node.Outputs.Select(output => (output, node))).Where(pair => pair.output.Length > 0)
            .ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        var replaced = new Dictionary<Node, Node?>(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Nodes.Where(node => node is { Domain: Operator.InternalDomain, OpType: "BlockedMoments" }))
        {
            if (givers.GetValueOrDefault(node.Inputs[0]) is Node giver && GivesMoments(giver))
            {
                replaced[node] = null;
                replaced[giver] = giver with { Outputs = giver.Outputs.AddRange(node.Outputs) };
            }
        }

        return replaced.Count == 0 ? graph : graph with { Nodes = [.. graph.Nodes.Select(node => replaced.TryGetValue(node, out var other) ? other : node).OfType<Node>()] };
    }

    private static bool GivesMoments(Node node) => node is { Domain: Operator.InternalDomain, Outputs.Length: 1 } && node.Attributes.Int("gradient", 0) == 0
        && (node.OpType == "BlockedDepthwise" || (node.OpType == "BlockedConv" && BlockedConv.Convolution(node.Attributes).GivesMoments));
}
