using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of GatherND: slices of the gradient of the output (input 0) added where the tuples (input 1) point, in zeros of the shape of input 2, one after another.</summary>
internal sealed class GatherNDGradient : Operator
{
    public override string Name => "GatherNDGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("elements", Sample.Values(1, 3), Tensor.Create(new Shape(3, 2), [0L, 1, 2, -1, 0, 1]), Sample.Values(2, 3, 4)) { GradientInputs = [0] };
            yield return new("batch", Sample.Values(3, 2, 2, 2), Tensor.Create(new Shape(2, 2, 1), [2L, 0, -1, 2]), Sample.Values(4, 2, 3, 2)) { GradientInputs = [0], Attributes = Attributes.None.With("batch_dims", 1) };
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
        context.Set(0, context.Builder.Append("GatherND", [context.OutputGradient(), context.Input(1)], context.Attributes));

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var tuples = new IndexTuples(context, context.OutputShape(), 1);
        var (dy, dx) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            dx.Span.Clear();
            for (int i = 0; i < tuples.Count; i++)
            {
                Span<T> sum = dx.Span.Slice(tuples[i], tuples.Width);
                Span<T> addend = dy.Span.Slice(i * tuples.Width, tuples.Width);
                for (int j = 0; j < sum.Length; j++)
                {
                    sum[j] += addend[j];
                }
            }
        };
    }
}
