using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Elements of the second input where the first holds, of the third where it does not; all three are broadcast.</summary>
internal sealed class Where : MovementOperator
{
    public override string Name => "Where";

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("equal shapes", Sample.Bools(1, 3, 5), Sample.Values(2, 3, 5), Sample.Values(3, 3, 5));
            yield return new("condition by row", Sample.Bools(4, 3, 1), Sample.Values(5, 3, 5), Sample.Values(6, 5));
            yield return new("scalars", Sample.Bools(7, 4), Sample.Values(8), Sample.Values(9));
            yield return new("not a number", Tensor.Vector(true, false), Tensor.Vector(1f, float.NaN), Tensor.Vector(float.NaN, 2f)) { GradientInputs = [] };
            yield return new("whole numbers", Sample.Bools(10, 4), Sample.Longs(0, 9, 11, 4), Sample.Longs(0, 9, 12)) { ConstantInputs = [] };
            yield return new("text", Tensor.Vector(true, false), Tensor.Vector("a", "b"), Tensor.Scalar("c"));
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Bools(13, length), Sample.Values(14, length), Sample.Values(15)) { HasGolden = false };
            }
        }
    }

    protected override int MovedInput => 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, ElementType.Bool);
        context.RequireSame(2, 1);
        return [new TensorType(context.Input(1).Element, Broadcasting.Combine(context, 0, 1, 2))];
    }

    public override void Gradient(GradientContext context)
    {
        var (condition, gradient) = (context.Input(0), context.OutputGradient());
        var zero = context.Builder.Constant(gradient.Type.Element == ElementType.Double ? Tensor.Scalar(0.0) : Tensor.Scalar(0f), "zero");
        if (context.Needs(1))
        {
            context.SetReduced(1, context.Builder.Where(condition, gradient, zero));
        }

        if (context.Needs(2))
        {
            context.SetReduced(2, context.Builder.Where(condition, zero, gradient));
        }
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        var loop = BroadcastLoop.For(context.OutputShape(), context.InputShape(0), context.InputShape(1), context.InputShape(2));
        var condition = context.Input<bool>(0);
        var (x, y, z) = (places.Input(1), places.Input(2), places.Output());
        (int stepC, int stepX, int stepY) = (loop.Advances(0) ? 1 : 0, loop.Advances(1) ? 1 : 0, loop.Advances(2) ? 1 : 0);
        return () =>
        {
            for (int run = 0; run < loop.Outer; run++)
            {
                var c = condition.Span[loop.Offset(0, run)..];
                var a = x()[loop.Offset(1, run)..];
                var b = y()[loop.Offset(2, run)..];
                var destination = z().Slice(run * loop.Inner, loop.Inner);
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = c[i * stepC] ? a[i * stepX] : b[i * stepY];
                }
            }
        };
    }
}
