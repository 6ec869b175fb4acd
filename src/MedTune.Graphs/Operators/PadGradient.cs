using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of Pad: the gradient of the output (input 0) added to the elements it was copied from, in the shape of input 1; counts and axes follow.</summary>
internal sealed class PadGradient : Operator
{
    public override string Name => "PadGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("zeros", Sample.Values(1, 6, 7), Sample.Values(2, 3, 4), Tensor.Vector(1L, 0, 2, 3)) { GradientInputs = [0] };
            yield return new("edge", Sample.Values(3, 6, 7), Sample.Values(4, 3, 4), Tensor.Vector(1L, 0, 2, 3)) { GradientInputs = [0], Attributes = Attributes.None.With("mode", "edge") };
            yield return new("reflect", Sample.Values(5, 6, 7), Sample.Values(6, 3, 4), Tensor.Vector(1L, 0, 2, 3)) { GradientInputs = [0], Attributes = Attributes.None.With("mode", "reflect") };
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

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append(
            "Pad", [context.OutputGradient(), context.Input(2), default, context.Has(3) ? context.Input(3) : default], context.Attributes));

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        int[] sources = Pad.Sources(context, context.OutputShape(), context.InputShape(0), 2, 3);
        var (dy, dx) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            Span<T> sum = dx.Span;
            Span<T> addend = dy.Span;
            sum.Clear();
            for (int i = 0; i < addend.Length; i++)
            {
                if (sources[i] >= 0)
                {
                    sum[sources[i]] += addend[i];
                }
            }
        };
    }
}
