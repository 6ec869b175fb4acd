using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>Cuts a graph at an inner value and puts something new on it.</summary>
public static class NewHead
{
    /// <summary>The graph up to a value, with new nodes behind it. Inputs, weights and nodes that the value does not need are gone; everything else stays.</summary>
    /// <param name="graph">The graph, as read.</param>
    /// <param name="value">Where it is cut.</param>
    /// <param name="append">Appends the head to the value and returns what the new graph answers.</param>
    /// <exception cref="InvalidGraphException">The graph has no such value, or the head does not fit it.</exception>
    public static Graph On(Graph graph, string value, Func<GraphBuilder, Value, Value> append)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(append);
        var all = GraphCut.Between(graph, graph.Inputs.Select(input => input.Name), [value]);
        var used = all.Nodes.SelectMany(node => node.Inputs).Append(value).ToHashSet(StringComparer.Ordinal);
        var builder = GraphBuilder.From(all with { Inputs = all.Inputs.RemoveAll(input => !used.Contains(input.Name)) });
        builder.ClearOutputs();
        builder.Output(append(builder, builder[value]));
        return builder.Build();
    }

    /// <summary>The graph up to a value with a linear layer of zeros behind it: one margin per class, Float [N, classes].</summary>
    /// <param name="graph">The graph, as read.</param>
    /// <param name="value">Features: Float [N, F], or [N, C, ...], which is averaged over all positions first.</param>
    /// <param name="classes">How many margins, at least 1.</param>
    /// <param name="name">The margins' name; the weights are called <c>name.weight</c> [F, classes] and <c>name.bias</c> [classes].</param>
    /// <exception cref="InvalidGraphException">The graph has no such value, or its number of features is not known.</exception>
    public static Graph Linear(Graph graph, string value, int classes, string name = "logits")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        return On(graph, value, (builder, features) =>
        {
            var type = features.Type;
            if (type.Element != ElementType.Float || !type.HasRank || type.Rank < 2 || type.Dimensions[1].Value is not int width)
            {
                throw new InvalidGraphException($"A head cannot be put on '{value}', which is {type}; Float with samples and a known number of features was expected.");
            }

            var rows = type.Rank == 2 ? features : builder.Append("Flatten", [builder.Append("GlobalAveragePool", [features])]);
            var weight = builder.Initializer(name + ".weight", new Tensor<float>(new Shape(width, classes)));
            var bias = builder.Initializer(name + ".bias", new Tensor<float>(new Shape(classes)));
            return builder.Append("Gemm", [rows, weight, bias], outputName: name);
        });
    }
}
