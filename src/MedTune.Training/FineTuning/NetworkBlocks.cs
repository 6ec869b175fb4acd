using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>The weights of a network by blocks, from its input to its answer: what is unfrozen together and moves at one rate.</summary>
/// <remarks>
/// Blocks are parted where everything runs through a single value, so that each has at least one layer: each convolution of a plain network with its normalization, each residual
/// unit of a ResNet, attention and perceptron of a transformer.
/// </remarks>
public static class NetworkBlocks
{
    /// <summary>The blocks of some weights.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">Names of initializers, as <see cref="TrainableModel.Parameters"/> has them.</param>
    /// <returns>The names, each in the block of the first node that needs it; blocks without any are left out.</returns>
    public static ImmutableArray<ImmutableArray<string>> Of(Graph graph, IEnumerable<string> weights)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        var nodes = GraphBuilder.From(graph).Build().Nodes.ToArray();
        var last = LastUses(graph, nodes);
        var missing = weights.ToHashSet(StringComparer.Ordinal);
        var computed = graph.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var live = new HashSet<string>(computed, StringComparer.Ordinal);
        var stored = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var blocks = new List<ImmutableArray<string>.Builder> { ImmutableArray.CreateBuilder<string>() };

        // What came since everything ran through a single value; it goes to the block before or to a new one.
        var since = new List<string>();
        (bool hasLayer, bool sinceHasLayer) = (false, false);
        for (int i = 0; i < nodes.Length; i++)
        {
            // Weights that reach a node through others that only reshape them count as its own.
            var node = nodes[i];
            ImmutableArray<string> own = [.. node.Inputs.SelectMany(input => missing.Contains(input) ? [input] : stored.GetValueOrDefault(input, [])).Distinct()];
            if (!node.Inputs.Any(computed.Contains))
            {
                foreach (string output in node.Outputs)
                {
                    stored[output] = own;
                }

                continue;
            }

            if (live.Count == 1)
            {
                blocks[^1].AddRange(since);
                since.Clear();
                (hasLayer, sinceHasLayer) = (hasLayer || sinceHasLayer, false);
            }

            bool isLayer = own.Any(name => graph.Types[name].HasRank && graph.Types[name].Rank > 1);
            if (isLayer && hasLayer && !sinceHasLayer)
            {
                blocks.Add(ImmutableArray.CreateBuilder<string>());
                hasLayer = false;
            }

            sinceHasLayer |= isLayer;
            since.AddRange(own.Where(missing.Remove));
            computed.UnionWith(node.Outputs);
            live.UnionWith(node.Outputs.Where(output => output.Length > 0 && graph.Types[output].Element == ElementType.Float));
            live.RemoveWhere(name => last.GetValueOrDefault(name, -1) <= i);
        }

        blocks[^1].AddRange(since);
        return [.. blocks.Where(block => block.Count > 0).Select(block => block.ToImmutable())];
    }

    private static Dictionary<string, int> LastUses(Graph graph, Node[] nodes)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (string input in nodes[i].Inputs)
            {
                last[input] = i;
            }
        }

        foreach (var output in graph.Outputs)
        {
            last[output.Name] = int.MaxValue;
        }

        return last;
    }
}
