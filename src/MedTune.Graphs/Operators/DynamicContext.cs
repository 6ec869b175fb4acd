using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What a <see cref="DynamicOperator"/> is evaluated with: the node, its inputs at hand, and the graphs it holds.</summary>
internal sealed class DynamicContext
{
    private readonly ImmutableArray<RuntimeValue?> _inputs;
    private readonly PlanOptions _options;
    private readonly Func<string, GraphInterpreter> _bodies;

    public DynamicContext(Node node, ImmutableArray<RuntimeValue?> inputs, PlanOptions options, Func<string, GraphInterpreter> bodies)
    {
        Node = node;
        _inputs = inputs;
        _options = options;
        _bodies = bodies;
        Captured = inputs[^(int)node.Attributes.Int(Subgraphs.Captured, 0)..];
    }

    public Node Node { get; }

    public Attributes Attributes => Node.Attributes;

    /// <summary>Number of the node's own inputs, without the captured values behind them.</summary>
    public int InputCount => _inputs.Length - Captured.Length;

    /// <summary>The outer values that the node's graphs use.</summary>
    public ImmutableArray<RuntimeValue?> Captured { get; }

    /// <summary>Stops long loops: the caller's token.</summary>
    public CancellationToken Cancellation => _options.Cancellation;

    /// <summary>Whether an optional input is there.</summary>
    public bool Has(int input) => input < InputCount && _inputs[input] is not null;

    /// <summary>An input.</summary>
    public RuntimeValue Input(int input) => Has(input) ? _inputs[input]! : throw Error($"its input {input} is missing.");

    /// <summary>An Int64 or Int32 input of one element.</summary>
    public long Number(int input) => Input(input).Tensor switch
    {
        Tensor<long> { Length: 1 } tensor => tensor.Values[0],
        Tensor<int> { Length: 1 } tensor => tensor.Values[0],
        var other => throw Error($"its input {input} is {other.Type}{other.Shape}; one whole number was expected."),
    };

    /// <summary>A Bool input of one element.</summary>
    public bool Truth(int input) => TruthOf(Input(input));

    /// <summary>The one element of a Bool value.</summary>
    public bool TruthOf(RuntimeValue value) => value.Tensor is Tensor<bool> { Length: 1 } tensor
        ? tensor.Values[0]
        : throw Error($"its condition is {value.Type}; one truth value was expected.");

    /// <summary>The graph of an attribute, ready to run on its own inputs with <see cref="Captured"/> behind them.</summary>
    public Func<ImmutableArray<RuntimeValue>, ImmutableArray<RuntimeValue>> Graph(string attribute)
    {
        var body = _bodies(attribute);
        return inputs => body.Run([.. inputs, .. Captured.Select(value => value!)]);
    }

    /// <summary>What another operator makes of tensors in storage type.</summary>
    public Tensor Apply(string opType, Attributes attributes, params ReadOnlySpan<Tensor> inputs) => ApplyMany(opType, attributes, 1, inputs)[0];

    /// <summary>What another operator with several outputs makes of tensors in storage type.</summary>
    public ImmutableArray<Tensor> ApplyMany(string opType, Attributes attributes, int outputs, params ReadOnlySpan<Tensor> inputs)
    {
        var node = new Node(opType, [.. inputs.ToArray().Select((_, i) => $"in{i}")], [.. Enumerable.Range(0, outputs).Select(i => $"out{i}")], attributes, Name: Node.Name);
        ImmutableArray<Tensor?> tensors = [.. inputs];
        ImmutableArray<TensorType> types = [.. tensors.Select(tensor => TensorType.Of(tensor!))];
        var results = OperatorRegistry.For(node).Infer(new ShapeContext(node, types, tensors));
        MemoryLimit.Check(node, results, Limit);
        return NodeEvaluation.Run(node, tensors, types, results, _options.Pool);
    }

    /// <summary>A tensor without elements of an ONNX type, in storage type.</summary>
    public Tensor Empty(ElementType element, Shape shape) =>
        TensorStorage.Read(TensorStorage.Place("empty", TensorType.OfShape(TensorStorage.Stored(element, _options.Precision), shape), null));

    /// <summary>The most bytes one value may have.</summary>
    public long Limit => Math.Min(_options.DynamicValueLimit, _options.MemoryLimit);

    /// <summary>Refuses values that together are too large.</summary>
    public void CheckBytes(long bytes) => MemoryLimit.Check(Node, bytes, Limit);

    /// <summary>An error that names the node.</summary>
    public InvalidGraphException Error(string detail) => new(NodeErrors.Sentence(Node, detail));
}
