using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of Resize: that of the output (input 0) given back to the elements it was made of, in the shape of input 1; region, scales and sizes
/// follow.
/// </summary>
internal sealed class ResizeGradient : Operator
{
    public override string Name => "ResizeGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 5;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("linear", Sample.Values(1, 1, 2, 5, 2), Sample.Values(2, 1, 2, 3, 4), null, null, Tensor.Vector(1L, 2L, 5L, 2L)) { Attributes = Attributes.None.With("mode", "linear"), FloatTolerance = 1e-5 };
            yield return new("nearest", Sample.Values(3, 2, 7), Sample.Values(4, 2, 3), null, Tensor.Vector(1, 2.5f)) { ConstantInputs = [3] };
        }
    }

    public override bool ReadsValues(int input) => input != 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(1, ElementType.Float, ElementType.Double)];

    public override Action Compile(KernelContext context)
    {
        var shape = context.InputShape(1);
        var taps = Resize.Taps(context, shape, context.InputShape(0), 2);
        return context.ElementOf(0) switch
        {
            ElementType.Float => AxisPasses.Backward(context, shape, taps, context.Input<float>(0), context.Output<float>()),
            ElementType.Double => AxisPasses.Backward(context, shape, taps, context.Input<double>(0), context.Output<double>()),
            var other => throw context.Unsupported(other),
        };
    }
}
