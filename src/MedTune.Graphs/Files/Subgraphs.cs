namespace MedTune.Graphs.Files;

/// <summary>
/// The graphs that nodes hold (branches of If, bodies of Loop and Scan). In a file they use the values around them by name. In a
/// <see cref="Graph"/> those values are listed behind the node's own inputs, and behind the inner graph's own inputs in the same order, so that
/// every pass sees what a node depends on; the attribute <see cref="Captured"/> says how many they are.
/// </summary>
internal static class Subgraphs
{
    /// <summary>The attribute with the number of captured values. It is never written to a file.</summary>
    internal const string Captured = "captured";

    /// <summary>Whether a node holds a graph.</summary>
    internal static bool Holds(Node node) => node.Attributes.Any(attribute => attribute.Value is Graph);

    /// <summary>The nodes of a graph and of the graphs in it.</summary>
    internal static IEnumerable<Node> AllNodes(Graph graph) => graph.Nodes.SelectMany(node =>
        node.Attributes.Select(attribute => attribute.Value).OfType<Graph>().SelectMany(AllNodes).Prepend(node));

    /// <summary>A node of a file with the outer values that its graphs use among its inputs.</summary>
    internal static Node WithCaptures(Node node)
    {
        if (!Holds(node))
        {
            return node with { Attributes = node.Attributes.Without(Captured) };
        }

        var names = new SortedSet<string>(StringComparer.Ordinal);
        var attributes = node.Attributes;
        foreach (var (name, value) in node.Attributes)
        {
            if (value is Graph graph)
            {
                graph = graph with { Nodes = [.. graph.Nodes.Select(WithCaptures)] };
                names.UnionWith(FreeNames(graph));
                attributes = attributes.With(name, graph);
            }
        }

        // Loop may leave its condition out at the end of its inputs; the captured values must not take that place.
        var own = node.Inputs;
        while (node.OpType == "Loop" && own.Length < 2)
        {
            own = own.Add(string.Empty);
        }

        return node with { Inputs = [.. own, .. names], Attributes = attributes.With(Captured, names.Count) };
    }

    /// <summary>The node as a file has it: captured values only by name. One that has another name outside than inside comes in through an Identity.</summary>
    internal static Node WithoutCaptures(Node node)
    {
        if (!Holds(node))
        {
            return node;
        }

        int captured = (int)node.Attributes.Int(Captured, 0);
        var outer = node.Inputs[^captured..];
        var attributes = node.Attributes.Without(Captured);
        foreach (var (name, value) in attributes)
        {
            if (value is Graph graph)
            {
                var inner = graph.Inputs[^captured..];
                var renamed = inner.Zip(outer).Where(pair => pair.First.Name != pair.Second)
                    .Select(pair => new Node("Identity", [pair.Second], [pair.First.Name], Attributes.None));
                attributes = attributes.With(name, graph with { Inputs = graph.Inputs[..^captured], Nodes = [.. renamed, .. graph.Nodes] });
            }
        }

        return node with { Inputs = node.Inputs[..^captured], Attributes = attributes };
    }

    /// <summary>The names that a graph takes from around it, in ordinal order.</summary>
    private static IEnumerable<string> FreeNames(Graph graph)
    {
        var given = new HashSet<string>(graph.Inputs.Select(input => input.Name), StringComparer.Ordinal);
        given.UnionWith(graph.Initializers.Keys);
        given.UnionWith(graph.Nodes.SelectMany(node => node.Outputs));
        return graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs.Select(output => output.Name))
            .Where(name => name.Length > 0 && !given.Contains(name));
    }
}
