using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>Makes a graph node by node. Every node is checked and its shapes are inferred as it is appended, so an error names the node at fault.</summary>
/// <remarks>Not thread-safe. A builder can go on after <see cref="Build"/>; what was built does not change.</remarks>
public sealed partial class GraphBuilder
{
    // Integer results up to this length are computed while building, so that shapes computed by nodes are known.
    private const int KnownLimit = 1024;

    // The same for float results, among which are the scales that images are resized by.
    private const int ScalesLimit = 8;

    private readonly string _name;
    private readonly List<Value> _inputs = [];
    private readonly List<Node> _nodes = [];
    private readonly List<Value> _outputs = [];
    private readonly Dictionary<string, Tensor> _initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<ShapeElement>> _elements = new(StringComparer.Ordinal);
    private Dictionary<string, int> _fresh = new(StringComparer.Ordinal);
    private HashSet<string> _reserved = new(StringComparer.Ordinal);
    private string _description = string.Empty;
    private int _sourceOpset;
    private ImmutableSortedDictionary<string, string> _metadata = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>An empty graph.</summary>
    /// <param name="name">The graph's name, written into the file.</param>
    public GraphBuilder(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _name = name;
    }

    /// <summary>What the model is, for people who open the file with a viewer.</summary>
    public string Documentation { get; set; } = string.Empty;

    /// <summary>A value that is there already.</summary>
    /// <exception cref="InvalidGraphException">No input, initializer or node gives a value of this name.</exception>
    public Value this[string name] => _types.TryGetValue(name, out var type)
        ? new Value(name, type)
        : throw new InvalidGraphException($"The graph has no value named '{name}'.");

    /// <summary>The nodes appended so far.</summary>
    internal IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>A builder that goes on from an existing graph: same inputs, nodes, initializers, outputs and metadata.</summary>
    public static GraphBuilder From(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var builder = new GraphBuilder(graph.Name) { _metadata = graph.Metadata, Documentation = graph.Documentation };
        foreach (var input in graph.Inputs)
        {
            builder.Declare(input.Name, input.Type);
            builder._inputs.Add(input);
        }

        foreach (var (name, tensor) in graph.Initializers)
        {
            builder.Initializer(name, tensor);
        }

        foreach (var node in TopologicalOrder.Of(graph))
        {
            builder.Append(node);
        }

        foreach (var output in graph.Outputs)
        {
            builder._outputs.Add(builder[output.Name]);
        }

        (builder._sourceOpset, builder._description, builder._notes) = (graph.SourceOpset, graph.Description, graph.Notes);
        return builder;
    }

    /// <summary>Whether a value of this name exists.</summary>
    public bool Has(string name) => _types.ContainsKey(name);

    /// <summary>Declares what must be given to run the graph.</summary>
    /// <param name="name">Unique in the graph.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="shape">One dimension per axis; <see cref="Dimension.Batch"/> for the samples.</param>
    public Value Input(string name, ElementType type, params ReadOnlySpan<Dimension> shape)
    {
        var value = Declare(name, new TensorType(type, [.. shape]));
        _inputs.Add(value);
        return value;
    }

    /// <summary>Stores a tensor under a name: a weight that training may change.</summary>
    public Value Initializer(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var value = Declare(name, TensorType.Of(tensor));
        _initializers.Add(name, tensor);
        _known.Add(name, tensor);
        return value;
    }

    /// <summary>Stores a tensor under a fresh name: a constant such as axes or a mean.</summary>
    /// <param name="tensor">The values.</param>
    /// <param name="name">What the fresh name starts with; <c>constant</c> by default.</param>
    public Value Constant(Tensor tensor, string? name = null) => Initializer(FreshName(name ?? "constant"), tensor);

    /// <summary>Appends a node with one output.</summary>
    /// <param name="opType">The operator's ONNX name.</param>
    /// <param name="inputs">Its inputs; <c>default</c> for an optional one left out.</param>
    /// <param name="attributes">Its attributes, none by default.</param>
    /// <param name="domain">Empty for ONNX itself.</param>
    /// <param name="outputName">The output's name; a fresh one by default.</param>
    /// <returns>The output.</returns>
    /// <exception cref="InvalidGraphException">The operator is unknown, or the inputs do not fit it.</exception>
    public Value Append(
        string opType,
        ReadOnlySpan<Value> inputs,
        Attributes? attributes = null,
        string domain = "",
        string? outputName = null) =>
        Append(new Node(opType, Names(inputs), [outputName ?? FreshName(opType)], attributes ?? Attributes.None, domain))[0];

    /// <summary>Appends a node with several outputs.</summary>
    /// <param name="opType">The operator's ONNX name.</param>
    /// <param name="inputs">Its inputs; <c>default</c> for an optional one left out.</param>
    /// <param name="outputs">How many outputs are wanted.</param>
    /// <param name="attributes">Its attributes, none by default.</param>
    /// <param name="domain">Empty for ONNX itself.</param>
    /// <returns>The outputs, in order.</returns>
    /// <exception cref="InvalidGraphException">The operator is unknown, or the inputs do not fit it.</exception>
    public ImmutableArray<Value> AppendMany(
        string opType,
        ReadOnlySpan<Value> inputs,
        int outputs,
        Attributes? attributes = null,
        string domain = "")
    {
        var names = ImmutableArray.CreateBuilder<string>(outputs);
        for (int i = 0; i < outputs; i++)
        {
            names.Add(FreshName(opType));
        }

        return Append(new Node(opType, Names(inputs), names.ToImmutable(), attributes ?? Attributes.None, domain));
    }

    /// <summary>Appends a node as it is, under its own output names.</summary>
    /// <returns>One value per output; <c>default</c> for an output nobody wants.</returns>
    /// <exception cref="InvalidGraphException">The operator is unknown, an input does not exist yet, an output exists already, or the inputs do not fit.</exception>
    public ImmutableArray<Value> Append(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var op = OperatorRegistry.For(node);
        var context = ContextOf(node);
        var types = op.Infer(context);
        var outputs = ImmutableArray.CreateBuilder<Value>(node.Outputs.Length);
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            outputs.Add(node.Outputs[i].Length == 0 ? default : Declare(node.Outputs[i], types[i]));
        }

        _nodes.Add(node);
        _sourceOpset = SameInEverySet.Contains(node.OpType) && node.Domain.Length == 0 ? _sourceOpset : 0;
        LearnValues(op, node, types);
        LearnElements(op, context);
        return outputs.ToImmutable();
    }

    /// <summary>Names a value as an answer of the graph.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The output's name when it is to differ from the value's: an Identity node is appended then.</param>
    public void Output(Value value, string? name = null)
    {
        var present = this[value.Name];
        _outputs.Add(name is null || name == value.Name ? present : Append("Identity", [present], outputName: name));
    }

    /// <summary>Takes back every output, to choose others.</summary>
    public void ClearOutputs() => _outputs.Clear();

    /// <summary>Sets a metadata entry of the file.</summary>
    public void Metadata(string key, string value) => _metadata = _metadata.SetItem(key, value);

    /// <summary>The graph as it stands.</summary>
    /// <exception cref="InvalidGraphException">It has no output, or one output twice.</exception>
    public Graph Build()
    {
        if (_outputs.Count == 0)
        {
            throw new InvalidGraphException($"Graph '{_name}' has no output.");
        }

        var twice = _outputs.GroupBy(output => output.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidGraphException($"Graph '{_name}' lists output '{twice.Key}' more than once.");
        }

        return new Graph
        {
            Name = _name,
            Inputs = [.. _inputs],
            Nodes = [.. _nodes],
            Outputs = [.. _outputs],
            Initializers = _initializers.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Types = _types.ToImmutableDictionary(StringComparer.Ordinal),
            Metadata = _metadata,
            Documentation = Documentation,
            Description = _description,
            Notes = _notes,
            SourceOpset = _sourceOpset,
        };
    }

    /// <summary>A name nothing has yet: the stem with a number.</summary>
    internal string FreshName(string stem)
    {
        while (true)
        {
            int number = _fresh.GetValueOrDefault(stem);
            _fresh[stem] = number + 1;
            string name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{number}");
            if (!_types.ContainsKey(name) && _reserved.Add(name))
            {
                return name;
            }
        }
    }

    /// <summary>The tensor of an initializer, or of an integer value or short list of floats computed while building; null when it is not known.</summary>
    internal Tensor? Known(string name) => _known.GetValueOrDefault(name);

    private static ImmutableArray<string> Names(ReadOnlySpan<Value> inputs)
    {
        var names = ImmutableArray.CreateBuilder<string>(inputs.Length);
        foreach (var input in inputs)
        {
            names.Add(input.Name ?? "");
        }

        return names.ToImmutable();
    }

    private Value Declare(string name, TensorType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _types.TryAdd(name, type)
            ? new Value(name, type)
            : throw new InvalidGraphException($"Graph '{_name}' has two values named '{name}'; every value needs a name of its own.");
    }

    private ShapeContext ContextOf(Node node)
    {
        var types = ImmutableArray.CreateBuilder<TensorType>(node.Inputs.Length);
        foreach (string input in node.Inputs)
        {
            types.Add(input.Length == 0 ? default :
                _types.TryGetValue(input, out var type) ? type :
                throw new InvalidGraphException(NodeErrors.Sentence(node, $"it takes '{input}', which no input, initializer or earlier node gives.")));
        }

        return new ShapeContext(node, types.ToImmutable(), [.. node.Inputs.Select(Known)], name => _elements.GetValueOrDefault(name));
    }

    private void LearnElements(Operator op, ShapeContext context)
    {
        string output = context.Node.Outputs[0];
        if (output.Length > 0 && !_known.ContainsKey(output) && op.InferElements(context) is { IsDefault: false } elements)
        {
            _elements[output] = elements;
        }
    }

    private void LearnValues(Operator op, Node node, ImmutableArray<TensorType> types)
    {
        if (!op.CanFold || types.Any(type => TensorStorage.Concrete(type) is not { Length: <= KnownLimit } shape
            || (type.Element is not (ElementType.Int64 or ElementType.Int32 or ElementType.Bool) && !(type.Element == ElementType.Float && shape.Length <= ScalesLimit))))
        {
            return;
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            string name = node.Inputs[i];
            if (name.Length > 0 && (op.ReadsValues(i) ? !_known.ContainsKey(name) : TensorStorage.Concrete(_types[name]) is null))
            {
                return;
            }
        }

        var results = NodeEvaluation.Run(node, [.. node.Inputs.Select(Known)], [.. node.Inputs.Select(name => name.Length == 0 ? default : _types[name])], types);
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i].Length > 0)
            {
                _known[node.Outputs[i]] = results[i];
            }
        }
    }
}
