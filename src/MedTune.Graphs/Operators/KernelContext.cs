using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What an operator compiles its forward from: the node, concrete shapes, fixed buffers, scratch memory and the threads to use.</summary>
internal sealed class KernelContext
{
    private readonly ImmutableArray<PlanValue?> _inputs;
    private readonly ImmutableArray<PlanValue?> _outputs;
    private readonly ImmutableArray<Tensor?> _constants;
    private readonly PlanResources _resources;

    public KernelContext(
        Node node,
        ImmutableArray<PlanValue?> inputs,
        ImmutableArray<PlanValue?> outputs,
        ImmutableArray<Tensor?> constants,
        PlanResources resources)
    {
        Node = node;
        _inputs = inputs;
        _outputs = outputs;
        _constants = constants;
        _resources = resources;
    }

    public Node Node { get; }

    public Attributes Attributes => Node.Attributes;

    /// <summary>The threads the kernel may use; what it computes must not depend on their number.</summary>
    public TaskPool Pool => _resources.Pool;

    /// <summary>Packing memory for float matrix products, the same for every node.</summary>
    public MatrixWorkspace Workspace => _resources.Workspace;

    public int InputCount => Node.Inputs.Length;

    /// <summary>Whether an optional input is there.</summary>
    public bool Has(int input) => input < _inputs.Length && _inputs[input] is not null;

    /// <summary>Whether somebody wants an output.</summary>
    public bool HasOutput(int output) => output < _outputs.Length && _outputs[output] is not null;

    /// <summary>What an input is stored as (Double for ONNX Float in a double plan).</summary>
    public ElementType ElementOf(int input) => Slot(input).Element;

    /// <summary>What an output is stored as.</summary>
    public ElementType OutputElement(int output = 0) => OutputSlot(output).Element;

    public Shape InputShape(int input) => Slot(input).Shape;

    public Shape OutputShape(int output = 0) => OutputSlot(output).Shape;

    /// <summary>The values of an input known while compiling, in storage type, or null.</summary>
    public Tensor? Constant(int input) => input < _constants.Length ? _constants[input] : null;

    /// <summary>The values of a known Int64 input (axes, shapes), or an empty array when it is left out.</summary>
    public long[] Longs(int input) => !Has(input) ? [] : Constant(input) is Tensor<long> known
        ? known.Values.ToArray()
        : throw Error($"its input {input} must be known before the model runs; it depends on the data.");

    /// <summary>The buffer of an input.</summary>
    public Buffer<T> Input<T>(int input)
        where T : unmanaged => Typed<T>(Slot(input));

    /// <summary>The buffer of an output.</summary>
    public Buffer<T> Output<T>(int output = 0)
        where T : unmanaged => Typed<T>(OutputSlot(output));

    /// <summary>The strings of an input: the same array for every run.</summary>
    public string[] InputStrings(int input) => Slot(input).Strings ?? throw Mismatch(Slot(input), "String");

    /// <summary>The strings of an output, to be written by every run.</summary>
    public string[] OutputStrings(int output = 0) => OutputSlot(output).Strings ?? throw Mismatch(OutputSlot(output), "String");

    /// <summary>Memory that is this node's while it runs; other nodes use the same memory, so nothing survives in it.</summary>
    public Buffer<T> Scratch<T>(int length)
        where T : unmanaged => _resources.Scratch<T>(Node, length);

    /// <summary>An error that names the node.</summary>
    public InvalidGraphException Error(string detail) => new(NodeErrors.Sentence(Node, detail));

    /// <summary>For element types an operator has no code for.</summary>
    public InvalidGraphException Unsupported(ElementType element) => Error($"it cannot be computed on {element} values.");

    private Buffer<T> Typed<T>(PlanValue slot)
        where T : unmanaged => slot.Element == ElementTypes.Of<T>()
            ? new Buffer<T>(slot.Address, slot.Shape)
            : throw Mismatch(slot, typeof(T).Name);

    private PlanValue Slot(int input) => _inputs[input] ?? throw Error($"its input {input} is missing.");

    private PlanValue OutputSlot(int output) => _outputs[output] ?? throw Error($"its output {output} is not asked for.");

    private InvalidGraphException Mismatch(PlanValue slot, string wanted) =>
        Error($"value '{slot.Name}' is stored as {slot.Element}; the kernel reads {wanted}.");
}
