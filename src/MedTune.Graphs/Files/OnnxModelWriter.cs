using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs.Files;

/// <summary>Turns a graph into the messages of an ONNX file. Everything goes out in a fixed order, so equal graphs give equal bytes.</summary>
internal static class OnnxModelWriter
{
    /// <summary>The domain of the operators of classical models.</summary>
    internal const string MlDomain = "ai.onnx.ml";

    private const int IrVersion = 8;
    private const int MlOpset = 3;
    private const int NaNKeyMlOpset = 4;
    private const int TreesMlOpset = 5;
    private const string Producer = "MedTune";

    /// <summary>The whole file.</summary>
    /// <exception cref="InvalidGraphException">A node is of a domain that only this process knows.</exception>
    internal static WireMessage Model(Graph graph)
    {
        var model = new WireMessage();
        model.AddInt(OnnxFields.Model.IrVersion, IrVersion);
        model.AddText(OnnxFields.Model.ProducerName, Producer);
        model.AddTextIfAny(OnnxFields.Model.DocString, graph.Documentation);
        model.AddMessage(OnnxFields.Model.Graph, GraphMessage(graph));
        model.AddMessage(OnnxFields.Model.OpsetImport, Opset(string.Empty, graph.SourceOpset > 0 ? graph.SourceOpset : Operator.InternalOpset));
        if (Subgraphs.AllNodes(graph).Any(node => node.Domain == MlDomain))
        {
            int version = Subgraphs.AllNodes(graph).Any(node => node is { Domain: MlDomain, OpType: "TreeEnsemble" }) ? TreesMlOpset
                : Subgraphs.AllNodes(graph).Any(LabelEncoder.HasNaNKey) ? NaNKeyMlOpset : MlOpset;
            model.AddMessage(OnnxFields.Model.OpsetImport, Opset(MlDomain, version));
        }

        foreach (var (key, value) in graph.Metadata)
        {
            var entry = new WireMessage();
            entry.AddText(OnnxFields.Entry.Key, key);
            entry.AddText(OnnxFields.Entry.Value, value);
            model.AddMessage(OnnxFields.Model.MetadataProps, entry);
        }

        return model;
    }

    /// <summary>One tensor, as it stands in a graph, an attribute or a file of test data.</summary>
    /// <param name="name">Its name, or empty.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="documentation">What the file says of it, empty by default.</param>
    internal static WireMessage TensorMessage(string name, Tensor tensor, string documentation = "")
    {
        var message = new WireMessage();
        foreach (int extent in tensor.Shape.Extents)
        {
            message.AddInt(OnnxFields.Tensor.Dims, extent);
        }

        message.AddInt(OnnxFields.Tensor.DataType, (int)tensor.Type);
        if (tensor is Tensor<string> texts)
        {
            foreach (string text in texts.Values)
            {
                message.AddText(OnnxFields.Tensor.StringData, text);
            }
        }

        message.AddTextIfAny(OnnxFields.Tensor.Name, name);
        message.AddTextIfAny(OnnxFields.Tensor.DocString, documentation);
        if (tensor.Type != ElementType.String)
        {
            message.AddData(OnnxFields.Tensor.RawData, tensor);
        }

        return message;
    }

    private static WireMessage Opset(string domain, int version)
    {
        var message = new WireMessage();
        message.AddText(OnnxFields.Opset.Domain, domain);
        message.AddInt(OnnxFields.Opset.Version, version);
        return message;
    }

    private static WireMessage GraphMessage(Graph graph)
    {
        var message = new WireMessage();
        foreach (var node in graph.Nodes)
        {
            message.AddMessage(OnnxFields.Graph.Node, NodeMessage(node, graph.Types));
        }

        message.AddText(OnnxFields.Graph.Name, graph.Name);
        message.AddTextIfAny(OnnxFields.Graph.DocString, graph.Description);
        foreach (var (name, tensor) in graph.Initializers)
        {
            message.AddMessage(OnnxFields.Graph.Initializer, TensorMessage(name, tensor, graph.Notes.OfTensor(name)));
        }

        foreach (var input in graph.Inputs)
        {
            message.AddMessage(OnnxFields.Graph.Input, ValueMessage(input, graph.Notes));
        }

        foreach (var output in graph.Outputs)
        {
            message.AddMessage(OnnxFields.Graph.Output, ValueMessage(output, graph.Notes));
        }

        foreach (var value in graph.Notes.InnerValues(graph))
        {
            message.AddMessage(OnnxFields.Graph.ValueType, ValueMessage(value, graph.Notes));
        }

        return message;
    }

    /// <summary>One node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="taken">The values of its graph, whose names an output that must be named cannot have; none by default.</param>
    internal static WireMessage NodeMessage(Node node, ImmutableDictionary<string, TensorType>? taken = null)
    {
        if (node.Domain == Operator.InternalDomain)
        {
            throw new InvalidGraphException(
                $"Node '{node.Name}' ({node.OpType}) is of the domain '{node.Domain}', which only training uses; it cannot be written to a file.");
        }

        node = Subgraphs.WithoutCaptures(node);
        var message = new WireMessage();
        foreach (string input in node.Inputs)
        {
            message.AddText(OnnxFields.Node.Input, input);
        }

        foreach (string output in Named(node, taken ?? ImmutableDictionary<string, TensorType>.Empty))
        {
            message.AddText(OnnxFields.Node.Output, output);
        }

        message.AddTextIfAny(OnnxFields.Node.Name, node.Name);
        message.AddText(OnnxFields.Node.OpType, node.OpType);
        foreach (var (name, value) in node.Attributes)
        {
            message.AddMessage(OnnxFields.Node.Attribute, AttributeMessage(name, value));
        }

        message.AddTextIfAny(OnnxFields.Node.DocString, node.Documentation);
        message.AddTextIfAny(OnnxFields.Node.Domain, node.Domain);
        return message;
    }

    /// <summary>A node's outputs, with a name for every one that ONNX wants named.</summary>
    private static IEnumerable<string> Named(Node node, ImmutableDictionary<string, TensorType> taken)
    {
        int required = OperatorRegistry.Find(node.Domain, node.OpType)?.RequiredOutputs ?? 1;
        string first = node.Outputs.FirstOrDefault(output => output.Length > 0) ?? node.OpType;
        for (int i = 0; i < Math.Max(required, node.Outputs.Length); i++)
        {
            string name = i < node.Outputs.Length ? node.Outputs[i] : string.Empty;
            if (name.Length == 0 && i < required)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{first}:unused{i}");
                while (taken.ContainsKey(name))
                {
                    name += "'";
                }
            }

            yield return name;
        }
    }

    private static WireMessage AttributeMessage(string name, object value)
    {
        var message = new WireMessage();
        message.AddText(OnnxFields.Attribute.Name, name);
        switch (value)
        {
            case float number: message.AddFloat(OnnxFields.Attribute.Float, number); break;
            case long number: message.AddInt(OnnxFields.Attribute.Int, number); break;
            case string text: message.AddText(OnnxFields.Attribute.String, text); break;
            case Tensor tensor: message.AddMessage(OnnxFields.Attribute.Tensor, TensorMessage(string.Empty, tensor)); break;
            case Graph graph: message.AddMessage(OnnxFields.Attribute.Graph, GraphMessage(graph)); break;
            case ImmutableArray<float> numbers: AddAll(numbers, number => message.AddFloat(OnnxFields.Attribute.Floats, number)); break;
            case ImmutableArray<long> numbers: AddAll(numbers, number => message.AddInt(OnnxFields.Attribute.Ints, number)); break;
            case ImmutableArray<string> texts: AddAll(texts, text => message.AddText(OnnxFields.Attribute.Strings, text)); break;
            default: throw new InvalidGraphException($"Attribute '{name}' holds a {value.GetType().Name}, which a file cannot hold.");
        }

        message.AddInt(OnnxFields.Attribute.Type, KindOf(value));
        return message;
    }

    private static int KindOf(object value) => value switch
    {
        float => OnnxFields.AttributeKind.Float,
        long => OnnxFields.AttributeKind.Int,
        string => OnnxFields.AttributeKind.String,
        Tensor => OnnxFields.AttributeKind.Tensor,
        Graph => OnnxFields.AttributeKind.Graph,
        ImmutableArray<float> => OnnxFields.AttributeKind.Floats,
        ImmutableArray<long> => OnnxFields.AttributeKind.Ints,
        _ => OnnxFields.AttributeKind.Strings,
    };

    private static void AddAll<T>(ImmutableArray<T> values, Action<T> add)
    {
        foreach (var value in values)
        {
            add(value);
        }
    }

    private static WireMessage ValueMessage(Value value, FileNotes notes)
    {
        var tensor = new WireMessage();
        tensor.AddInt(OnnxFields.TensorType.ElementType, (int)value.Type.Element);
        if (value.Type.HasRank)
        {
            var shape = new WireMessage();
            foreach (var dimension in value.Type.Dimensions)
            {
                shape.AddMessage(OnnxFields.Shape.Dimension, DimensionMessage(dimension));
            }

            tensor.AddMessage(OnnxFields.TensorType.Shape, shape);
        }

        var type = new WireMessage();
        type.AddMessage(OnnxFields.Type.Tensor, tensor);
        if (value.Type.IsSequence)
        {
            var sequence = new WireMessage();
            sequence.AddMessage(OnnxFields.SequenceType.ElementType, type);
            type = new WireMessage();
            type.AddMessage(OnnxFields.Type.Sequence, sequence);
        }

        var message = new WireMessage();
        message.AddText(OnnxFields.ValueType.Name, value.Name);
        message.AddMessage(OnnxFields.ValueType.Type, type);
        message.AddTextIfAny(OnnxFields.ValueType.DocString, notes.OfValue(value.Name));
        return message;
    }

    private static WireMessage DimensionMessage(Dimension dimension)
    {
        var message = new WireMessage();
        if (dimension.Value is int extent)
        {
            message.AddInt(OnnxFields.Dimension.Value, extent);
        }
        else if (dimension.Symbol is string symbol)
        {
            message.AddText(OnnxFields.Dimension.Symbol, symbol);
        }

        return message;
    }
}
