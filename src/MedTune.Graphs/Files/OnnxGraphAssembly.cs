using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs.Files;

/// <summary>Makes a checked graph of a decoded file: names, order, operator versions, types and shapes.</summary>
internal static class OnnxGraphAssembly
{
    private const int OldestOpset = 1;

    /// <summary>Older sets are not written: nearly every operator has another form in them.</summary>
    private const int OldestWritten = 7;
    private const int NewestOpset = 23;
    private const int NewestMlOpset = 5;

    /// <summary>The graph, with every node in the form of the internal operator set.</summary>
    /// <exception cref="InvalidGraphException">The file breaks a rule, or uses what this version does not know.</exception>
    internal static Graph Assemble(OnnxModel model)
    {
        CheckOpset(model, string.Empty, "ai.onnx", OldestOpset, NewestOpset);
        CheckOpset(model, OnnxModelWriter.MlDomain, OnnxModelWriter.MlDomain, 1, NewestMlOpset);
        var graph = new Graph
        {
            Name = model.GraphName,
            Inputs = model.Inputs,
            Nodes = [.. model.Nodes.Select(Subgraphs.WithCaptures)],
            Outputs = model.Outputs,
            Initializers = model.Initializers,
            Types = ImmutableDictionary<string, TensorType>.Empty,
        };
        var builder = new GraphBuilder(graph.Name) { Documentation = model.DocString };
        builder.Reserve(NamesOf(graph));
        var inputs = new HashSet<string>(StringComparer.Ordinal);
        AddInitializers(builder, graph);
        foreach (var input in graph.Inputs)
        {
            AddInput(builder, graph, input, inputs);
        }

        bool isUnchanged = AppendNodes(graph, model.Opsets, builder);
        foreach (var output in graph.Outputs)
        {
            AddOutput(builder, output);
        }

        foreach (var (key, value) in model.Metadata)
        {
            builder.Metadata(key, value);
        }

        int opset = model.Opsets.GetValueOrDefault(string.Empty);
        return builder.Build() with
        {
            Description = model.Description,
            Notes = model.Notes,
            SourceOpset = isUnchanged && opset is >= OldestWritten and <= Operator.InternalOpset ? opset : 0,
        };
    }

    private static IEnumerable<string> NamesOf(Graph graph) => Subgraphs.AllNodes(graph)
        .SelectMany(node => node.Outputs.Concat(node.Attributes.Select(attribute => attribute.Value).OfType<Graph>().SelectMany(inner =>
            inner.Inputs.Select(input => input.Name).Concat(inner.Initializers.Keys))));

    private static void CheckOpset(OnnxModel model, string domain, string name, int oldest, int newest)
    {
        if (model.Opsets.TryGetValue(domain, out int version))
        {
            Refuse(
                version < oldest || version > newest,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file uses version {version} of the operator set {name}; versions {oldest} to {newest} are read. Export the model again with opset 18."));
        }
    }

    private static void AddInitializers(GraphBuilder builder, Graph graph)
    {
        foreach (var (name, tensor) in graph.Initializers)
        {
            builder.Initializer(name, tensor);
        }
    }

    private static void AddInput(GraphBuilder builder, Graph graph, Value input, HashSet<string> names)
    {
        Refuse(!names.Add(input.Name), $"The graph has two inputs named '{input.Name}'; names must be unique.");

        // Files up to IR version 3 list every initializer as an input too. Newer ones do it for inputs with a default; the default is what counts here.
        if (graph.Initializers.TryGetValue(input.Name, out var tensor))
        {
            Refuse(tensor.Type != input.Type.Element, $"Initializer '{input.Name}' holds {tensor.Type}, but is declared as {input.Type.Element}.");
        }
        else
        {
            builder.Input(input.Name, input.Type);
        }
    }

    /// <summary>Appends the nodes in the internal form; true when that is the file's own for all of them.</summary>
    private static bool AppendNodes(Graph graph, ImmutableSortedDictionary<string, int> opsets, GraphBuilder builder)
    {
        bool isUnchanged = true;
        var unordered = graph with { Inputs = [.. graph.Inputs.Where(input => !graph.Initializers.ContainsKey(input.Name))] };
        foreach (var node in TopologicalOrder.Of(unordered))
        {
            Refuse(
                node.Domain == Operator.InternalDomain,
                NodeErrors.Sentence(node, $"the domain '{Operator.InternalDomain}' is never written to files."));
            var op = OperatorRegistry.For(node);
            Refuse(node.Outputs.All(output => output.Length == 0), NodeErrors.Sentence(node, "it gives nothing."));

            // Older forms may have fewer inputs than today's, but all have the first (Scan of set 8 may leave it empty); Infer checks the rest once the form is today's.
            Refuse(op.MinimumInputs > 0 && (node.Inputs.Length == 0 || (node.Inputs[0].Length == 0 && op is not Scan)), NodeErrors.Sentence(node, "its input 0 is missing."));
            if (!opsets.TryGetValue(node.Domain, out int opset))
            {
                throw new InvalidGraphException(NodeErrors.Sentence(node, "the file does not say which version of this operator's domain it uses."));
            }

            // Until set 5 nodes could say which of their inputs they were allowed to write over.
            var checkedNode = WithGraphs(node, opsets, builder);
            var adapted = op.FromOpset(opset < 6 ? checkedNode with { Attributes = checkedNode.Attributes.Without("consumed_inputs") } : checkedNode, opset, builder);
            isUnchanged &= adapted == checkedNode && !Subgraphs.Holds(node);
            builder.Append(adapted with { Documentation = node.Documentation });
        }

        return isUnchanged;
    }

    /// <summary>The node with its graphs checked and in the internal form.</summary>
    private static Node WithGraphs(Node node, ImmutableSortedDictionary<string, int> opsets, GraphBuilder outer)
    {
        var attributes = node.Attributes;
        foreach (var (name, value) in node.Attributes)
        {
            if (value is Graph graph)
            {
                attributes = attributes.With(name, Inner(node, graph, opsets, outer));
            }
        }

        return attributes == node.Attributes ? node : node with { Attributes = attributes };
    }

    private static Graph Inner(Node node, Graph graph, ImmutableSortedDictionary<string, int> opsets, GraphBuilder outer)
    {
        var builder = outer.Inner(graph.Name);
        var names = new HashSet<string>(StringComparer.Ordinal);
        AddInitializers(builder, graph);
        for (int i = 0; i < graph.Inputs.Length; i++)
        {
            AddInput(builder, graph, graph.Inputs[i] with { Type = InnerType(node, i, graph.Inputs[i].Type, outer) }, names);
        }

        foreach (string captured in node.Inputs[^(int)node.Attributes.Int(Subgraphs.Captured, 0)..])
        {
            Refuse(!names.Add(captured), $"A graph inside the model has two inputs named '{captured}'; names must be unique.");
            builder.Capture(captured, outer);
        }

        var inner = graph with { Inputs = [.. names.Select(name => builder[name])] };
        AppendNodes(inner, opsets, builder);
        // The outputs of an inner graph count by their places, so one value may stand at two of them.
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in graph.Outputs)
        {
            bool isAgain = !given.Add(output.Name) && builder.Has(output.Name);
            AddOutput(builder, isAgain ? output with { Name = builder.Identity(builder[output.Name]).Name } : output);
        }

        return builder.Build();
    }

    /// <summary>The type an inner input is declared with; else its element type from what the node gives it, and no rank, because passes of a loop may differ.</summary>
    private static TensorType InnerType(Node node, int input, TensorType declared, GraphBuilder outer)
    {
        if (declared.Element != ElementType.Undefined)
        {
            return declared;
        }

        if (node.OpType == "Loop" && input < 2)
        {
            return new TensorType(input == 0 ? ElementType.Int64 : ElementType.Bool, []);
        }

        return input < node.Inputs.Length && node.Inputs[input].Length > 0
            ? outer[node.Inputs[input]].Type with { Dimensions = default }
            : throw new InvalidGraphException(NodeErrors.Sentence(node, $"its graph has {input + 1} inputs or more, for which the node gives no value."));
    }

    private static void AddOutput(GraphBuilder builder, Value output)
    {
        if (!builder.Has(output.Name))
        {
            throw new InvalidGraphException($"The graph's output '{output.Name}' is given by no node, input or initializer.");
        }

        var value = builder[output.Name];
        Refuse(
            output.Type.Element != ElementType.Undefined && (value.Type.Element != output.Type.Element || value.Type.IsSequence != output.Type.IsSequence),
            $"The graph's output '{output.Name}' is declared as {(output.Type.IsSequence ? output.Type.ToString() : output.Type.Element.ToString())}, but holds {(value.Type.IsSequence ? value.Type.ToString() : value.Type.Element.ToString())}.");
        builder.Output(value);
    }

    private static void Refuse(bool isBroken, string message)
    {
        if (isBroken)
        {
            throw new InvalidGraphException(message);
        }
    }
}
