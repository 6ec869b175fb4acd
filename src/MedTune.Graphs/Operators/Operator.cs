using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>
/// What a node can do: its names and versions, its rule for shapes, its forward in float and in double, its gradient and its sample cases.
/// One operator is one file; the registry names it and the common test suite checks every registered operator.
/// </summary>
internal abstract class Operator
{
    /// <summary>The ONNX operator set whose form is the internal one; files of other sets are brought to it by <see cref="FromOpset"/>.</summary>
    public const int InternalOpset = 18;

    /// <summary>The domain of nodes that never leave the process.</summary>
    public const string InternalDomain = "medtune";

    /// <summary>The operator's ONNX name, such as <c>Gemm</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Empty for ONNX itself, <c>ai.onnx.ml</c>, or <see cref="InternalDomain"/>.</summary>
    public virtual string Domain => "";

    /// <summary>The first operator set of the domain that has this operator. Above <see cref="InternalOpset"/> it is written as its <see cref="Expand"/>.</summary>
    public virtual int SinceOpset => 1;

    /// <summary>How many inputs must be there.</summary>
    public abstract int MinimumInputs { get; }

    /// <summary>How many inputs there can be at most; those above the minimum may be left out by an empty name.</summary>
    public virtual int MaximumInputs => MinimumInputs;

    /// <summary>How many outputs there can be at most; the first is always there.</summary>
    public virtual int MaximumOutputs => 1;

    /// <summary>How many outputs ONNX wants named although nobody uses them; those left out here are written under names of their own.</summary>
    public virtual int RequiredOutputs => 1;

    /// <summary>
    /// Whether output 0 has the very elements of input 0 in the same order, so that both can be one buffer (Reshape, Identity).
    /// Such an operator is compiled only where its input cannot be shared.
    /// </summary>
    public virtual bool IsView => false;

    /// <summary>False when only the shape of an input matters: its values need not be kept, and it counts as known when folding.</summary>
    public virtual bool ReadsValues(int input) => true;

    /// <summary>
    /// Whether output 0 may be written over this input's buffer (of equal size in bytes): true only when element i of the output is
    /// written after everything that reads element i of the input. Asked with concrete shapes.
    /// </summary>
    public virtual bool CanOverwrite(ShapeContext context, int input) => false;

    /// <summary>Whether the same inputs always give the same outputs, so that nodes with known inputs may be computed once. False only for drawing nodes.</summary>
    public virtual bool CanFold => true;

    /// <summary>
    /// Whether a node whose inputs are all known runs once, while the plan is compiled, straight into the plan's memory, reading its inputs with
    /// <see cref="KernelContext.Constant"/>: for large results that only kernels read, of which a folded tensor would be a second copy.
    /// </summary>
    public virtual bool RunsOnce => false;

    /// <summary>
    /// Whether an input must be known when the node is compiled although the outputs' shapes do not depend on it. Inputs on which shapes
    /// depend need no mention.
    /// </summary>
    public virtual bool NeedsConstant(int input) => false;

    /// <summary>Whether an input may be a sequence of tensors.</summary>
    public virtual bool TakesSequence(int input) => false;

    /// <summary>Element type and shape of every output, from those of the inputs (symbolic while building, concrete while compiling).</summary>
    /// <exception cref="InvalidGraphException">The inputs do not fit; made by <see cref="ShapeContext.Error"/>.</exception>
    public abstract ImmutableArray<TensorType> InferTypes(ShapeContext context);

    /// <summary>
    /// What is known while building of the elements of output 0, when it is a short list of whole numbers that may become a shape; default
    /// when nothing is. Only asked where the elements are not all known numbers.
    /// </summary>
    public virtual ImmutableArray<ShapeElement> InferElements(ShapeContext context) => default;

    /// <summary>
    /// The forward over fixed buffers. The element types seen here are those of storage: in a double plan every ONNX Float is held as Double,
    /// and the Double branch is plain scalar code, the operator's reference.
    /// </summary>
    /// <returns>A delegate that computes the outputs; running it allocates nothing.</returns>
    public abstract Action Compile(KernelContext context);

    /// <summary>Appends the nodes that compute the gradients of the inputs that need one. The default refuses.</summary>
    public virtual void Gradient(GradientContext context) =>
        throw context.Error("it cannot be differentiated. Freeze what comes before it, or take it out of the part that is trained.");

    /// <summary>Rewrites a node of another operator set in the form of set 18. Constants, and nodes that must come before it, go into the builder.</summary>
    /// <param name="node">As read; its outputs must stay the outputs of what is returned.</param>
    /// <param name="opset">The operator set of the file for this domain.</param>
    /// <param name="builder">The graph read so far.</param>
    public virtual Node FromOpset(Node node, int opset, GraphBuilder builder) => node;

    /// <summary>The same computation from operators that can be written to a file; default when this one can be written as it is.</summary>
    public virtual ImmutableArray<Value> Expand(GraphBuilder builder, Node node) => default;

    /// <summary>What the common suite runs. An operator without cases fails it.</summary>
    public abstract IEnumerable<OperatorCase> Cases { get; }

    /// <summary>The rule for shapes, after the number of inputs and outputs has been checked.</summary>
    public ImmutableArray<TensorType> Infer(ShapeContext context)
    {
        int given = context.InputCount;
        if (given > MaximumInputs)
        {
            throw context.Error($"it has {given} inputs; at most {MaximumInputs} can be given.");
        }

        for (int i = 0; i < MinimumInputs; i++)
        {
            if (!context.Has(i))
            {
                throw context.Error($"its input {i} is missing; the operator needs {MinimumInputs}.");
            }
        }

        for (int i = 0; i < given; i++)
        {
            if (context.Has(i) && context.Input(i).IsSequence && !TakesSequence(i))
            {
                throw context.Error($"its input {i} is a sequence; a tensor was expected.");
            }
        }

        int outputs = context.Node.Outputs.Length;
        if (outputs == 0 || outputs > MaximumOutputs)
        {
            throw context.Error($"it has {outputs} outputs; 1 to {MaximumOutputs} can be asked for.");
        }

        var types = InferTypes(context);
        if (types.Any(type => type.HasRank && type.Rank > ShapeContext.LongestShape))
        {
            throw context.Error($"it gives a value of more than {ShapeContext.LongestShape} axes.");
        }

        return types.Length >= outputs
            ? types
            : throw context.Error($"it gives {types.Length} outputs; {outputs} were asked for.");
    }
}
