using System.Collections.Immutable;

namespace MedTune.Graphs.Files;

/// <summary>Decodes nodes and their attributes.</summary>
internal static class OnnxNodeReader
{
    /// <summary>One node, as the file has it; its graphs are not yet checked.</summary>
    /// <param name="message">The message, not yet begun.</param>
    /// <param name="external">Where tensor data outside the file may be, or null.</param>
    /// <param name="depth">How many graphs this node lies in.</param>
    internal static Node Read(MessageReader message, ExternalData? external, int depth)
    {
        var inputs = ImmutableArray.CreateBuilder<string>();
        var outputs = ImmutableArray.CreateBuilder<string>();
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        string name = string.Empty;
        string opType = string.Empty;
        string domain = string.Empty;
        while (message.Next())
        {
            switch (message.Field)
            {
                case OnnxFields.Node.Input: inputs.Add(message.Text()); break;
                case OnnxFields.Node.Output: outputs.Add(message.Text()); break;
                case OnnxFields.Node.Name: name = message.Text(); break;
                case OnnxFields.Node.OpType: opType = message.Text(); break;
                case OnnxFields.Node.Domain: domain = Canonical(message.Text()); break;
                case OnnxFields.Node.Attribute: AddAttribute(message.Message(), attributes, external, depth); break;
                default: message.Skip(); break;
            }
        }

        if (opType.Length == 0)
        {
            throw new InvalidGraphException("A node of the graph names no operator; the file is damaged.");
        }

        var set = Attributes.None;
        foreach (var (key, value) in attributes)
        {
            set = set.With(key, value);
        }

        return new Node(opType, inputs.ToImmutable(), outputs.ToImmutable(), set, domain, name);
    }

    /// <summary>The domain's one name: ONNX itself is the empty domain, which files may also write out.</summary>
    internal static string Canonical(string domain) => domain == "ai.onnx" ? string.Empty : domain;

    private static void AddAttribute(MessageReader message, ImmutableSortedDictionary<string, object>.Builder attributes, ExternalData? external, int depth)
    {
        var parts = new Parts();
        while (message.Next())
        {
            if (message.Field == OnnxFields.Attribute.Graph)
            {
                parts.Singles[OnnxFields.AttributeKind.Graph] = OnnxModelReader.ReadGraph(message.Message(), external, depth + 1);
            }
            else
            {
                ReadField(ref message, parts);
            }
        }

        if (parts.Name.Length == 0)
        {
            throw new InvalidGraphException("A node has an attribute without a name; the file is damaged.");
        }

        if (!attributes.TryAdd(parts.Name, ValueOf(parts)))
        {
            throw new InvalidGraphException($"A node sets its attribute '{parts.Name}' twice; the file is damaged.");
        }
    }

    private static void ReadField(ref MessageReader message, Parts parts)
    {
        switch (message.Field)
        {
            case OnnxFields.Attribute.Name: parts.Name = message.Text(); break;
            case OnnxFields.Attribute.Type: parts.Kind = message.Int64(); break;
            case OnnxFields.Attribute.Float: parts.Singles[OnnxFields.AttributeKind.Float] = message.Float(); break;
            case OnnxFields.Attribute.Int: parts.Singles[OnnxFields.AttributeKind.Int] = message.Int64(); break;
            case OnnxFields.Attribute.String: parts.Singles[OnnxFields.AttributeKind.String] = message.Text(); break;
            case OnnxFields.Attribute.Tensor: parts.Singles[OnnxFields.AttributeKind.Tensor] = OnnxTensorReader.Read(message.Message(), null).Tensor; break;
            case OnnxFields.Attribute.Floats: message.AppendFloats(parts.Floats); break;
            case OnnxFields.Attribute.Ints: message.AppendInts(parts.Ints); break;
            case OnnxFields.Attribute.Strings: parts.Strings.Add(message.Text()); break;
            case OnnxFields.Attribute.Graphs:
                throw new InvalidGraphException("A node holds a list of sub-graphs in one attribute, which is not supported.");
            case OnnxFields.Attribute.Reference:
                throw new InvalidGraphException("A node takes an attribute from a function of the file, which is not supported; save the model with its functions inlined.");
            case OnnxFields.Attribute.Tensors or OnnxFields.Attribute.SparseTensor or OnnxFields.Attribute.SparseTensors:
                throw new InvalidGraphException("A node holds an attribute of several or sparse tensors, which is not supported.");
            default: message.Skip(); break;
        }
    }

    private static object ValueOf(Parts parts)
    {
        // Files of the first versions leave the kind out; the field that is filled tells it.
        long kind = parts.Kind;
        if (kind == OnnxFields.AttributeKind.Undefined)
        {
            kind = parts.Singles.Count > 0 ? parts.Singles.Keys.First()
                : parts.Floats.Count > 0 ? OnnxFields.AttributeKind.Floats
                : parts.Ints.Count > 0 ? OnnxFields.AttributeKind.Ints
                : parts.Strings.Count > 0 ? OnnxFields.AttributeKind.Strings
                : OnnxFields.AttributeKind.Undefined;
        }

        // Zero and the empty text may be left out by a writer: the kind alone then says them.
        return kind switch
        {
            OnnxFields.AttributeKind.Floats => parts.Floats.ToImmutableArray(),
            OnnxFields.AttributeKind.Ints => parts.Ints.ToImmutableArray(),
            OnnxFields.AttributeKind.Strings => parts.Strings.ToImmutableArray(),
            OnnxFields.AttributeKind.Float => parts.Singles.GetValueOrDefault(kind, 0f),
            OnnxFields.AttributeKind.Int => parts.Singles.GetValueOrDefault(kind, 0L),
            OnnxFields.AttributeKind.String => parts.Singles.GetValueOrDefault(kind, string.Empty),
            OnnxFields.AttributeKind.Tensor or OnnxFields.AttributeKind.Graph when parts.Singles.TryGetValue(kind, out object? value) => value,
            _ => throw new InvalidGraphException($"The attribute '{parts.Name}' of a node has no value of a supported kind."),
        };
    }

    /// <summary>The fields of an attribute as they come.</summary>
    private sealed class Parts
    {
        internal string Name { get; set; } = string.Empty;

        internal long Kind { get; set; }

        /// <summary>Values of the kinds that are no list, by kind.</summary>
        internal SortedDictionary<long, object> Singles { get; } = [];

        internal List<float> Floats { get; } = [];

        internal List<long> Ints { get; } = [];

        internal List<string> Strings { get; } = [];
    }
}
