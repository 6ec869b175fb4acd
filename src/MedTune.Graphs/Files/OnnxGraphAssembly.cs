using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Operators;

namespace MedTune.Graphs.Files;

/// <summary>Makes a checked graph of a decoded file: names, order, operator versions, types and shapes.</summary>
internal static class OnnxGraphAssembly
{
    private const int NewestOpset = 23;
    private const int NewestMlOpset = 4;

    /// <summary>The graph, with every node in the form of the internal operator set.</summary>
    /// <exception cref="InvalidGraphException">The file breaks a rule, or uses what this version does not know.</exception>
    internal static Graph Assemble(OnnxModel model)
    {
        CheckOpset(model, string.Empty, "ai.onnx", Operator.UsualOldestOpset, NewestOpset);
        CheckOpset(model, OnnxModelWriter.MlDomain, OnnxModelWriter.MlDomain, 1, NewestMlOpset);
        var builder = new GraphBuilder(model.GraphName) { Documentation = model.DocString };
        builder.Reserve(model.Nodes.SelectMany(node => node.Outputs));
        foreach (var (name, tensor) in model.Initializers)
        {
            builder.Initializer(name, tensor);
        }

        var inputs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in model.Inputs)
        {
            if (!inputs.Add(input.Name))
            {
                throw new InvalidGraphException($"The graph has two inputs named '{input.Name}'; names must be unique.");
            }

            // Files up to IR version 3 list every initializer as an input too. Newer ones do it for inputs with a default; the default is what counts here.
            if (model.Initializers.TryGetValue(input.Name, out var tensor))
            {
                Refuse(tensor.Type != input.Type.Element, $"Initializer '{input.Name}' holds {tensor.Type}, but is declared as {input.Type.Element}.");
            }
            else
            {
                builder.Input(input.Name, input.Type);
            }
        }

        AppendNodes(model, builder);
        foreach (var output in model.Outputs)
        {
            AddOutput(builder, output);
        }

        foreach (var (key, value) in model.Metadata)
        {
            builder.Metadata(key, value);
        }

        return builder.Build();
    }

    private static void CheckOpset(OnnxModel model, string domain, string name, int oldest, int newest)
    {
        if (model.Opsets.TryGetValue(domain, out int version))
        {
            Refuse(
                version < 1 || version > newest,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file uses version {version} of the operator set {name}; versions {oldest} to {newest} are read. Export the model again with opset 18."));
        }
    }

    private static void AppendNodes(OnnxModel model, GraphBuilder builder)
    {
        var unordered = new Graph
        {
            Name = model.GraphName,
            Inputs = [.. model.Inputs.Where(input => !model.Initializers.ContainsKey(input.Name))],
            Nodes = model.Nodes,
            Outputs = model.Outputs,
            Initializers = model.Initializers,
            Types = ImmutableDictionary<string, TensorType>.Empty,
        };
        foreach (var node in TopologicalOrder.Of(unordered))
        {
            Refuse(
                node.Domain == Operator.InternalDomain,
                NodeErrors.Sentence(node, $"the domain '{Operator.InternalDomain}' is never written to files."));
            var op = OperatorRegistry.For(node);
            Refuse(node.Outputs.All(output => output.Length == 0), NodeErrors.Sentence(node, "it gives nothing."));

            // Older forms may have fewer inputs than today's, but all have the first; Infer checks the rest once the form is today's.
            Refuse(op.MinimumInputs > 0 && (node.Inputs.Length == 0 || node.Inputs[0].Length == 0), NodeErrors.Sentence(node, "its input 0 is missing."));
            if (!model.Opsets.TryGetValue(node.Domain, out int opset))
            {
                throw new InvalidGraphException(NodeErrors.Sentence(node, "the file does not say which version of this operator's domain it uses."));
            }

            Refuse(
                node.Domain.Length == 0 && opset < op.OldestOpset,
                NodeErrors.Sentence(node, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the file uses version {opset} of the operator set ai.onnx; this operator is read from version {op.OldestOpset} on. Export the model again with opset 18.")));
            builder.Append(op.FromOpset(node, opset, builder));
        }
    }

    private static void AddOutput(GraphBuilder builder, Value output)
    {
        if (!builder.Has(output.Name))
        {
            throw new InvalidGraphException($"The graph's output '{output.Name}' is given by no node, input or initializer.");
        }

        var value = builder[output.Name];
        Refuse(
            value.Type.Element != output.Type.Element,
            $"The graph's output '{output.Name}' is declared as {output.Type.Element}, but holds {value.Type.Element}.");
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
