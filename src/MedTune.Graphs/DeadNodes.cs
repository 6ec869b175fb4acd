using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MedTune.Graphs;

/// <summary>Takes out what no output needs.</summary>
public static class DeadNodes
{
    /// <summary>The same graph without nodes and initializers that no output needs. Inputs stay: they are the graph's contract.</summary>
    public static Graph Remove(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var wanted = new HashSet<string>(graph.Outputs.Select(output => output.Name), StringComparer.Ordinal);
        var kept = ImmutableArray.CreateBuilder<Node>();
        var nodes = TopologicalOrder.Of(graph);
        for (int n = nodes.Length - 1; n >= 0; n--)
        {
            if (nodes[n].Outputs.Any(output => output.Length > 0 && wanted.Contains(output)))
            {
                kept.Add(nodes[n]);
                wanted.UnionWith(nodes[n].Inputs.Where(input => input.Length > 0));
            }
        }

        kept.Reverse();
        var given = kept.SelectMany(node => node.Outputs)
            .Concat(graph.Inputs.Select(input => input.Name))
            .Concat(wanted)
            .ToFrozenSet(StringComparer.Ordinal);
        return graph with
        {
            Nodes = kept.ToImmutable(),
            Initializers = graph.Initializers.RemoveRange(graph.Initializers.Keys.Where(name => !wanted.Contains(name))),
            Types = graph.Types.RemoveRange(graph.Types.Keys.Where(name => !given.Contains(name))),
        };
    }
}
