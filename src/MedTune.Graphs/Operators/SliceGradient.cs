using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of Slice: the gradient of the output (input 0) put back into zeros of the shape of input 1; the lists follow.</summary>
internal sealed class SliceGradient : Operator
{
    public override string Name => "SliceGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 4;

    public override int MaximumInputs => 6;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("named axis", Sample.Values(1, 4, 2), Sample.Values(2, 4, 5), Tensor.Vector(1L), Tensor.Vector(3L), Tensor.Vector(1L)) { GradientInputs = [0] };
            yield return new("backwards", Sample.Values(3, 4, 3), Sample.Values(4, 4, 5), Tensor.Vector(-1L), Tensor.Vector(-9L), Tensor.Vector(1L), Tensor.Vector(-2L)) { GradientInputs = [0] };
        }
    }

    public override bool ReadsValues(int input) => input != 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.RequireSame(1, 0);
        return [context.Input(1)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        var inputs = new Value[context.InputCount - 1];
        inputs[0] = context.OutputGradient();
        for (int i = 1; i < inputs.Length; i++)
        {
            inputs[i] = context.Has(i + 1) ? context.Input(i + 1) : default;
        }

        context.Set(0, context.Builder.Append("Slice", inputs));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var walk = SlicePart.Walk(context, 1, context.OutputShape());
        var (dy, dx) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            dx.Span.Clear();
            walk.Accumulate(dy.Span, dx.Span);
        };
    }
}
