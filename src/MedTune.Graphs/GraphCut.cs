using System.Collections.Immutable;

namespace MedTune.Graphs;

/// <summary>Takes a part out of a graph.</summary>
public static class GraphCut
{
    /// <summary>The part that computes <paramref name="outputs"/> from <paramref name="inputs"/>.</summary>
    /// <param name="graph">The whole.</param>
    /// <param name="inputs">Inputs of the part: inputs of the graph, or values in the middle of it, which become inputs.</param>
    /// <param name="outputs">Values the part answers.</param>
    /// <returns>The part, without nodes and initializers it does not need; metadata stays.</returns>
    /// <exception cref="InvalidGraphException">A name is not there, or the outputs need an input of the graph that is not listed.</exception>
    public static Graph Between(Graph graph, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        ImmutableArray<Value> starts = [.. inputs.Select(name => Find(graph, name))];
        ImmutableArray<Value> ends = [.. outputs.Select(name => Find(graph, name))];
        var cut = starts.Select(start => start.Name).ToHashSet(StringComparer.Ordinal);
        var wanted = ends.Select(end => end.Name).ToHashSet(StringComparer.Ordinal);
        var kept = ImmutableArray.CreateBuilder<Node>();
        foreach (var node in TopologicalOrder.Of(graph).Reverse())
        {
            if (node.Outputs.Any(output => output.Length > 0 && wanted.Contains(output) && !cut.Contains(output)))
            {
                kept.Add(WithoutCut(node, cut));
                wanted.UnionWith(node.Inputs.Where(input => input.Length > 0));
            }
        }

        var missing = graph.Inputs.FirstOrDefault(input => wanted.Contains(input.Name) && !cut.Contains(input.Name));
        if (missing.Name is not null)
        {
            throw new InvalidGraphException($"The part needs input '{missing.Name}' of the graph, which is not among the inputs named for it.");
        }

        kept.Reverse();
        return DeadNodes.Remove(graph with
        {
            Inputs = starts,
            Outputs = ends,
            Nodes = kept.ToImmutable(),
            Initializers = graph.Initializers.RemoveRange(graph.Initializers.Keys.Where(name => cut.Contains(name) || !wanted.Contains(name))),
        });
    }

    /// <summary>A node that gives a cut value beside one that is needed still runs; the cut value comes from outside.</summary>
    private static Node WithoutCut(Node node, HashSet<string> cut) => node.Outputs.Any(cut.Contains)
        ? node with { Outputs = [.. node.Outputs.Select((output, i) => !cut.Contains(output) ? output : i == 0 ? output + ":uncut" : "")] }
        : node;

    private static Value Find(Graph graph, string name) => graph.Types.TryGetValue(name, out var type)
        ? new Value(name, type)
        : throw new InvalidGraphException($"The graph has no value named '{name}'.");
}
