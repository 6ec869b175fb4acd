using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Lets convolutions write where a Concat over channels would copy their outputs: each fills its blocks of the one tensor, and the Concat disappears. Only where
/// every part is a convolution that nothing else reads. The bits stay the same.
/// </summary>
internal static class ConcatPlacement
{
    /// <summary>The same graph with fewer nodes.</summary>
    public static Graph Apply(Graph graph)
    {
        var uses = graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs.Select(output => output.Name))
            .CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var givers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            givers[graph.Nodes[i].Outputs[0]] = i;
        }

        Node?[] nodes = [.. graph.Nodes];
        for (int i = 0; i < nodes.Length; i++)
        {
            var concat = graph.Nodes[i];
            bool fits = IsOverBlocks(concat) && concat.Inputs.Length > 1
                && concat.Inputs.All(input => uses[input] == 1 && givers.TryGetValue(input, out int giver) && CanBePlaced(nodes[giver]));
            if (fits)
            {
                Place(nodes, concat, givers);
                nodes[i] = null;
            }
        }

        return graph with { Nodes = [.. nodes.OfType<Node>()] };
    }

    /// <summary>Chains the parts in the order in which they run: each takes over what the ones before have written.</summary>
    private static void Place(Node?[] nodes, Node concat, Dictionary<string, int> givers)
    {
        int[] blocks = [.. concat.Inputs.Select(input => ChannelBlocks.Count(ConvolutionSizes.Read(nodes[givers[input]]!.Attributes).Outputs))];
        var parts = concat.Inputs.Select((input, part) => (Node: givers[input], First: blocks.Take(part).Sum())).OrderBy(part => part.Node).ToArray();
        string? written = null;
        foreach (var (place, first) in parts)
        {
            var node = nodes[place]!;
            nodes[place] = node with
            {
                Inputs = written is null ? node.Inputs : [.. node.Inputs, .. Enumerable.Repeat("", BlockedConv.Wider - node.Inputs.Length), written],
                Outputs = place == parts[^1].Node ? concat.Outputs : node.Outputs,
                Attributes = ConvolutionPlace.With(node.Attributes, new BlockPlace(first, blocks.Sum())),
            };
            written = node.Outputs[0];
        }
    }

    private static bool IsOverBlocks(Node node) => node is { Domain: "", OpType: "Concat" } && node.Attributes.Int("axis", 0) == 1;

    private static bool CanBePlaced(Node? node) => node is { Domain: Operator.InternalDomain, OpType: "BlockedConv", Inputs.Length: <= 3 } && node.Attributes.Int("gradient", 0) == 0
        && ConvolutionPlace.Of(node.Attributes) == default;
}
