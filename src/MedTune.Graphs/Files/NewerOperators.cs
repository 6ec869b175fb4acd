using MedTune.Graphs.Operators;

namespace MedTune.Graphs.Files;

/// <summary>Writes operators that are younger than the operator set of our files as the computation they stand for.</summary>
internal static class NewerOperators
{
    /// <summary>The same model from operators of set 18; the graph itself when it has no others.</summary>
    /// <exception cref="InvalidGraphException">A younger operator has no such form.</exception>
    internal static Graph Expand(Graph graph)
    {
        if (!Subgraphs.AllNodes(graph).Any(IsNewer))
        {
            return graph;
        }

        var builder = new GraphBuilder(graph.Name) { Documentation = graph.Documentation };
        builder.Reserve(graph.Nodes.SelectMany(node => node.Outputs));
        return Expand(graph, builder);
    }

    private static Graph Expand(Graph graph, GraphBuilder builder)
    {
        foreach (var input in graph.Inputs)
        {
            builder.Input(input.Name, input.Type);
        }

        foreach (var (name, tensor) in graph.Initializers)
        {
            builder.Initializer(name, tensor);
        }

        foreach (var node in TopologicalOrder.Of(graph))
        {
            if (!IsNewer(node))
            {
                builder.Append(WithGraphs(node, builder));
            }
            else if (OperatorRegistry.For(node).Expand(builder, node).IsDefault)
            {
                throw new InvalidGraphException(NodeErrors.Sentence(node, $"operator set {Operator.InternalOpset} does not have it, so it cannot be written to a file."));
            }
        }

        foreach (var output in graph.Outputs)
        {
            builder.Output(builder[output.Name]);
        }

        foreach (var (key, value) in graph.Metadata)
        {
            builder.Metadata(key, value);
        }

        return builder.Build() with { Description = graph.Description, Notes = graph.Notes };
    }

    private static Node WithGraphs(Node node, GraphBuilder builder)
    {
        var attributes = node.Attributes;
        foreach (var (name, value) in node.Attributes)
        {
            if (value is Graph graph && Subgraphs.AllNodes(graph).Any(IsNewer))
            {
                attributes = attributes.With(name, Expand(graph, builder.Inner(graph.Name)));
            }
        }

        return node with { Attributes = attributes };
    }

    private static bool IsNewer(Node node) => node.Domain.Length == 0 && OperatorRegistry.For(node).SinceOpset > Operator.InternalOpset;
}
