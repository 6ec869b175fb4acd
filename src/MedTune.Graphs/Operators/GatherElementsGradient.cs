using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of GatherElements: the gradient of the output (input 0) added where the indices (input 1) point, in zeros of the shape of input 2, one after another.</summary>
internal sealed class GatherElementsGradient : Operator
{
    public override string Name => "GatherElementsGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("rows", Sample.Values(1, 2, 3), Tensor.Create(new Shape(2, 3), [1L, 2, 0, -2, 0, 0]), Sample.Values(2, 3, 3)) { ConstantInputs = [], GradientInputs = [0] };
            yield return new("columns", Sample.Values(3, 3, 1), Tensor.Create(new Shape(3, 1), [3L, 0, -2]), Sample.Values(4, 3, 4)) { ConstantInputs = [], GradientInputs = [0], Attributes = Attributes.None.With("axis", 1) };
        }
    }

    public override bool ReadsValues(int input) => input != 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64, ElementType.Int32);
        context.RequireSame(2, 0);
        return [context.Input(2)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.GatherElements(context.OutputGradient(), context.Input(1), (int)context.Attributes.Int("axis", 0)));

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var shape = context.OutputShape();
        int axis = (int)context.Attributes.Int("axis", 0);
        axis = axis < 0 ? axis + shape.Rank : axis;
        var (starts, step) = GatherElements.Lines(shape, context.InputShape(1), axis);
        var indices = new Indices(context, 1, shape[axis]);
        var (dy, dx) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            Span<T> sum = dx.Span;
            Span<T> addend = dy.Span;
            sum.Clear();
            for (int i = 0; i < addend.Length; i++)
            {
                sum[starts[i] + (indices[i] * step)] += addend[i];
            }
        };
    }
}
