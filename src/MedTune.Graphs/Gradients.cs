using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>Differentiation as a transformation of graphs: the backward pass is ordinary nodes appended to the forward ones.</summary>
public static class Gradients
{
    private const string Prefix = "gradient:";

    /// <summary>The output that holds the gradient of the loss by a value.</summary>
    /// <param name="name">The initializer's (or input's) name.</param>
    public static string NameOf(string name) => Prefix + name;

    /// <summary>Whether a name is one that <see cref="NameOf"/> gives.</summary>
    internal static bool IsGradient(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The graph with backward nodes, and one more output per trainable value: <see cref="NameOf"/> of its name.</summary>
    /// <param name="graph">The forward graph; its outputs stay.</param>
    /// <param name="loss">A Float value of one element; it need not be an output.</param>
    /// <param name="trainable">Float initializers, or inputs, to differentiate by. Everything else is frozen and gets no backward nodes.</param>
    /// <remarks>Gradients of a value used several times are added in the reverse order of its uses; sums over samples are cut in 8 shards.</remarks>
    /// <exception cref="InvalidGraphException">
    /// A name is not there or not Float, the loss has more than one element or does not depend on a trainable value, or an operator on the way has no gradient.
    /// </exception>
    public static Graph Build(Graph graph, string loss, IEnumerable<string> trainable)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(trainable);
        var builder = GraphBuilder.From(graph);
        string[] names = [.. trainable];
        foreach (string name in names)
        {
            if (builder[name].Type.Element is not (ElementType.Float or ElementType.Double))
            {
                throw new InvalidGraphException($"'{name}' holds {builder[name].Type.Element}; only Float values can be trained.");
            }
        }

        var forward = builder.Nodes.ToImmutableArray();
        var results = Append(builder, forward, loss, Seed(builder, loss), names);
        foreach (var (name, gradient) in names.Zip(results))
        {
            builder.Output(gradient ?? throw new InvalidGraphException($"The loss '{loss}' does not depend on '{name}'."), NameOf(name));
        }

        return DeadNodes.Remove(builder.Build());
    }

    /// <summary>The same for a graph that will be compiled with given options: what runs faster as one operator in training, such as attention, is made one first.</summary>
    /// <param name="graph">The forward graph; its outputs stay.</param>
    /// <param name="loss">A Float value of one element; it need not be an output.</param>
    /// <param name="trainable">Float initializers, or inputs, to differentiate by.</param>
    /// <param name="options">What the result is compiled with: its dimensions are settled here, and its mutable initializers stay as they are.</param>
    /// <exception cref="InvalidGraphException">As for the other form, or a dimension has no extent.</exception>
    public static Graph Build(Graph graph, string loss, IEnumerable<string> trainable, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        return Build(Fusion.Apply(graph, options), loss, trainable);
    }

    /// <summary>Appends the backward nodes; null for a name on which nothing depends.</summary>
    /// <param name="builder">The graph to append to.</param>
    /// <param name="forward">Its forward nodes, in order.</param>
    /// <param name="y">What is differentiated.</param>
    /// <param name="seed">The gradient that arrives at it, of its shape.</param>
    /// <param name="names">By what it is differentiated.</param>
    internal static ImmutableArray<Value?> Append(GraphBuilder builder, ImmutableArray<Node> forward, string y, Value seed, string[] names)
    {
        var dependent = Dependent(builder, forward, names);
        var arrived = new Dictionary<string, List<Value>>(StringComparer.Ordinal) { [y] = [seed] };
        for (int n = forward.Length - 1; n >= 0; n--)
        {
            Visit(builder, forward[n], dependent, arrived);
        }

        return [.. names.Select(name => Total(builder, arrived, name))];
    }

    private static HashSet<string> Dependent(GraphBuilder builder, ImmutableArray<Node> nodes, string[] names)
    {
        var dependent = new HashSet<string>(names, StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var op = OperatorRegistry.For(node);
            if (node.Inputs.Where((input, i) => op.ReadsValues(i) && dependent.Contains(input)).Any())
            {
                dependent.UnionWith(node.Outputs.Where(output => output.Length > 0 && builder[output].Type.Element is ElementType.Float or ElementType.Double));
            }
        }

        return dependent;
    }

    private static Value Seed(GraphBuilder builder, string loss)
    {
        var type = builder[loss].Type;
        if (type.Element is not (ElementType.Float or ElementType.Double) || !type.HasRank || type.Dimensions.Any(dimension => dimension.Value != 1))
        {
            throw new InvalidGraphException($"The loss '{loss}' is {type}; a Float of one element was expected. Reduce it over the samples first.");
        }

        var shape = new Shape([.. Enumerable.Repeat(1, type.Rank)]);
        return builder.Constant(type.Element == ElementType.Float ? new Tensor<float>(shape, [1f]) : new Tensor<double>(shape, [1d]), "one");
    }

    private static void Visit(GraphBuilder builder, Node node, HashSet<string> dependent, Dictionary<string, List<Value>> arrived)
    {
        if (!node.Outputs.Any(output => arrived.ContainsKey(output)))
        {
            return;
        }

        var op = OperatorRegistry.For(node);
        ImmutableArray<bool> needed = [.. node.Inputs.Select((input, i) => op.ReadsValues(i) && dependent.Contains(input))];
        if (!needed.Contains(true))
        {
            return;
        }

        var context = new GradientContext(builder, node, needed, [.. node.Outputs.Select(output => Total(builder, arrived, output))]);
        op.Gradient(context);
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (context.Results[i] is Value gradient)
            {
                (arrived.TryGetValue(node.Inputs[i], out var list) ? list : arrived[node.Inputs[i]] = []).Add(gradient);
            }
        }
    }

    /// <summary>The sum of what has arrived at a value; it replaces the parts.</summary>
    private static Value? Total(GraphBuilder builder, Dictionary<string, List<Value>> arrived, string name)
    {
        if (!arrived.TryGetValue(name, out var parts))
        {
            return null;
        }

        var total = parts[0];
        foreach (var part in parts.Skip(1))
        {
            total = builder.Add(total, part);
        }

        arrived[name] = [total];
        return total;
    }
}
