using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Files;

/// <summary>Decodes the bytes of an ONNX file into an <see cref="OnnxModel"/>, checking each message on its own.</summary>
internal static class OnnxModelReader
{
    /// <summary>Graphs within graphs: more than any real model has, few enough for the stack.</summary>
    private const int DeepestGraph = 16;

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="external">Where tensor data outside the file may be, or null.</param>
    internal static OnnxModel Read(byte[] file, ExternalData? external)
    {
        var graph = (Offset: 0, Length: -1);
        long irVersion = 0;
        string docString = string.Empty;
        var opsets = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var message = new MessageReader(file, 0, file.Length);
        while (message.Next())
        {
            switch (message.Field)
            {
                case OnnxFields.Model.IrVersion: irVersion = message.Int64(); break;
                case OnnxFields.Model.DocString: docString = message.Text(); break;
                case OnnxFields.Model.OpsetImport: ReadOpset(message.Message(), opsets); break;
                case OnnxFields.Model.MetadataProps: AddOnce(metadata, ReadEntry(message.Message())); break;
                case OnnxFields.Model.Graph:
                    RefuseIf(graph.Length >= 0, "The file holds more than one graph; it is damaged.");
                    graph = message.Region();
                    break;
                default: message.Skip(); break;
            }
        }

        // The version of the format and the operator sets come first: a file of another kind usually fails here, with a sentence that says so.
        RefuseIf(graph.Length < 0, "The file holds no graph; it is empty, damaged or not an ONNX file.");
        RefuseIf(irVersion is < 3 or > 11, $"The file has ONNX IR version {irVersion}; versions 3 to 11 are read.");
        RefuseIf(opsets.Count == 0, "The file names no operator set; it is damaged or not an ONNX file.");
        var read = ReadGraph(new MessageReader(file, graph.Offset, graph.Length), external, depth: 0);
        return new OnnxModel
        {
            IrVersion = irVersion,
            DocString = docString,
            Opsets = opsets.ToImmutable(),
            Metadata = metadata.ToImmutable(),
            GraphName = read.Name,
            Description = read.Description,
            Inputs = read.Inputs,
            Outputs = read.Outputs,
            Nodes = read.Nodes,
            Initializers = read.Initializers,
            Notes = read.Notes,
        };
    }

    /// <summary>A key with its value.</summary>
    internal static (string Key, string Value) ReadEntry(MessageReader message)
    {
        string key = string.Empty;
        string value = string.Empty;
        while (message.Next())
        {
            switch (message.Field)
            {
                case OnnxFields.Entry.Key: key = message.Text(); break;
                case OnnxFields.Entry.Value: value = message.Text(); break;
                default: message.Skip(); break;
            }
        }

        return (key, value);
    }

    /// <summary>An input or output of a graph; inside a node's graph it may have no type, which is the undefined one then.</summary>
    private static Value ReadValue(MessageReader message, bool isInner, bool isOutput, FileNotes.Builder notes)
    {
        string documentation = string.Empty;
        string name = string.Empty;
        TensorType? type = null;
        while (message.Next())
        {
            switch (message.Field)
            {
                case OnnxFields.ValueType.Name: name = message.Text(); break;
                case OnnxFields.ValueType.Type: type = ReadType(message.Message()); break;
                case OnnxFields.ValueType.DocString: documentation = message.Text(); break;
                default: message.Skip(); break;
            }
        }

        RefuseIf(name.Length == 0, "An input or output of the graph has no name; the file is damaged.");
        notes.SayOfValue(name, documentation);
        RefuseIf(type is { Element: ElementType.Undefined } && !isOutput, $"Value '{name}' is a list of maps; only tensors are supported.");
        RefuseIf(type is { IsSequence: true } && !isInner, $"Value '{name}' is a sequence; inputs and outputs of a model must be tensors.");
        return new Value(name, type ?? (isInner ? default(TensorType) : throw new InvalidGraphException($"Value '{name}' has no type; the file is damaged.")));
    }

    /// <summary>What the file says of a value within the graph. Nothing depends on it: one that cannot be read is left out.</summary>
    private static void ReadInnerValue(MessageReader message, FileNotes.Builder notes)
    {
        try
        {
            notes.Declare(ReadValue(message, isInner: true, isOutput: true, notes));
        }
        catch (InvalidGraphException)
        {
            // Of a type that no value here can have, or damaged.
        }
    }

    /// <summary>A graph: the model's, or one that a node holds. Nothing in it is checked yet and no type is inferred.</summary>
    /// <param name="message">The message, not yet begun.</param>
    /// <param name="external">Where tensor data outside the file may be, or null.</param>
    /// <param name="depth">How many graphs it lies in.</param>
    internal static Graph ReadGraph(MessageReader message, ExternalData? external, int depth)
    {
        RefuseIf(depth > DeepestGraph, $"The file nests sub-graphs more than {DeepestGraph} deep; such a model is not supported.");
        string name = string.Empty;
        string description = string.Empty;
        var inputs = ImmutableArray.CreateBuilder<Value>();
        var outputs = ImmutableArray.CreateBuilder<Value>();
        var nodes = ImmutableArray.CreateBuilder<Node>();
        var initializers = ImmutableSortedDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        var notes = new FileNotes.Builder();
        while (message.Next())
        {
            switch (message.Field)
            {
                case OnnxFields.Graph.Name: name = message.Text(); break;
                case OnnxFields.Graph.DocString: description = message.Text(); break;
                case OnnxFields.Graph.Input: inputs.Add(ReadValue(message.Message(), depth > 0, isOutput: false, notes)); break;
                case OnnxFields.Graph.Output: outputs.Add(ReadValue(message.Message(), depth > 0, isOutput: true, notes)); break;
                case OnnxFields.Graph.ValueType: ReadInnerValue(message.Message(), notes); break;
                case OnnxFields.Graph.Node: nodes.Add(OnnxNodeReader.Read(message.Message(), external, depth)); break;
                case OnnxFields.Graph.Initializer:
                    var (initializer, tensor, documentation) = OnnxTensorReader.ReadNamed(message.Message(), external);
                    RefuseIf(initializer.Length == 0, "An initializer of the graph has no name; the file is damaged.");
                    RefuseIf(initializers.ContainsKey(initializer), $"The graph has two initializers named '{initializer}'; names must be unique.");
                    initializers.Add(initializer, tensor);
                    notes.SayOfTensor(initializer, documentation);
                    break;
                case OnnxFields.Graph.SparseInitializer:
                    throw new InvalidGraphException("The graph has a sparse initializer, which is not supported; save the model again with dense weights.");
                default: message.Skip(); break;
            }
        }

        return new Graph
        {
            Name = name,
            Description = description,
            Inputs = inputs.ToImmutable(),
            Outputs = outputs.ToImmutable(),
            Nodes = nodes.ToImmutable(),
            Initializers = initializers.ToImmutable(),
            Types = ImmutableDictionary<string, TensorType>.Empty,
            Notes = notes.Build(),
        };
    }

    private static void ReadOpset(MessageReader message, ImmutableSortedDictionary<string, int>.Builder opsets)
    {
        string domain = string.Empty;
        int version = 0;
        while (message.Next())
        {
            switch (message.Field)
            {
                case OnnxFields.Opset.Domain: domain = message.Text(); break;
                case OnnxFields.Opset.Version: version = message.Int32("operator set version"); break;
                default: message.Skip(); break;
            }
        }

        domain = OnnxNodeReader.Canonical(domain);
        RefuseIf(opsets.ContainsKey(domain), $"The file names the operator set '{domain}' twice; it is damaged.");
        opsets.Add(domain, version);
    }

    private static TensorType ReadType(MessageReader message)
    {
        TensorType? type = null;
        while (message.Next())
        {
            switch (message.Field)
            {
                case OnnxFields.Type.Tensor: type = ReadTensorType(message.Message()); break;
                case OnnxFields.Type.Sequence: type = ReadSequenceType(message.Message()); break;
                case OnnxFields.Type.Map or OnnxFields.Type.Opaque or OnnxFields.Type.SparseTensor or OnnxFields.Type.Optional:
                    throw new InvalidGraphException("An input or output of the graph is a map, optional or sparse value; only tensors are supported.");
                default: message.Skip(); break;
            }
        }

        return type ?? throw new InvalidGraphException("An input or output of the graph has no tensor type; the file is damaged.");
    }

    private static TensorType ReadSequenceType(MessageReader message)
    {
        TensorType? item = null;
        while (message.Next())
        {
            if (message.Field == OnnxFields.SequenceType.ElementType)
            {
                RefuseIf(item is not null, "A sequence names the type of its elements twice; the file is damaged.");
                item = ReadItemType(message.Message());
            }
            else
            {
                message.Skip();
            }
        }

        // A list of maps is what ZipMap is declared to give; it gives a tensor here.
        var element = item?.Element ?? throw new InvalidGraphException("A sequence does not name the type of its elements; the file is damaged.");
        return new TensorType(element, default) { IsSequence = element != ElementType.Undefined };
    }

    /// <summary>What a sequence holds: only tensors, so that types nest no deeper; maps are the undefined type.</summary>
    private static TensorType ReadItemType(MessageReader message)
    {
        TensorType? type = null;
        while (message.Next())
        {
            RefuseIf(message.Field is OnnxFields.Type.Sequence or OnnxFields.Type.Optional, "A sequence holds something else than tensors, which is not supported.");
            if (message.Field == OnnxFields.Type.Tensor)
            {
                type = ReadTensorType(message.Message());
            }
            else if (message.Field == OnnxFields.Type.Map)
            {
                type = new TensorType(ElementType.Undefined, default);
                message.Skip();
            }
            else
            {
                message.Skip();
            }
        }

        return type ?? throw new InvalidGraphException("A sequence holds something else than tensors, which is not supported.");
    }

    private static TensorType ReadTensorType(MessageReader message)
    {
        long element = 0;
        ImmutableArray<Dimension> dimensions = default;
        while (message.Next())
        {
            switch (message.Field)
            {
                case OnnxFields.TensorType.ElementType: element = message.Int64(); break;
                case OnnxFields.TensorType.Shape: dimensions = ReadShape(message.Message()); break;
                default: message.Skip(); break;
            }
        }

        return new TensorType(OnnxTensorReader.ElementTypeOf(element, "An input or output of the graph"), dimensions);
    }

    private static ImmutableArray<Dimension> ReadShape(MessageReader message)
    {
        var dimensions = ImmutableArray.CreateBuilder<Dimension>();
        while (message.Next())
        {
            if (message.Field != OnnxFields.Shape.Dimension)
            {
                message.Skip();
                continue;
            }

            RefuseIf(dimensions.Count == OnnxTensorReader.MaximumRank, $"An input or output of the graph has more than {OnnxTensorReader.MaximumRank} axes.");
            dimensions.Add(ReadDimension(message.Message()));
        }

        return dimensions.ToImmutable();
    }

    private static Dimension ReadDimension(MessageReader message)
    {
        var dimension = Dimension.Unknown;
        while (message.Next())
        {
            switch (message.Field)
            {
                case OnnxFields.Dimension.Value:
                    long value = message.Int64();
                    RefuseIf(value is < 0 or > int.MaxValue, $"An input or output of the graph has an extent of {value}; an extent is between 0 and {int.MaxValue}.");
                    dimension = (int)value;
                    break;
                case OnnxFields.Dimension.Symbol:
                    string symbol = message.Text();
                    dimension = symbol.Length == 0 ? Dimension.Unknown : symbol;
                    break;
                default: message.Skip(); break;
            }
        }

        return dimension;
    }

    private static void AddOnce(ImmutableSortedDictionary<string, string>.Builder entries, (string Key, string Value) entry)
    {
        RefuseIf(entries.ContainsKey(entry.Key), $"The file's metadata holds the key '{entry.Key}' twice; keys must be unique.");
        entries.Add(entry.Key, entry.Value);
    }

    private static void RefuseIf(bool isBroken, string message)
    {
        if (isBroken)
        {
            throw new InvalidGraphException(message);
        }
    }
}
