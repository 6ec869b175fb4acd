using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The way back of a reduction: a reduced value, the tensor that was reduced (only its shape is read) and the axes give a tensor of
/// that shape in which every row repeats its reduced value; with mean = 1 divided by the row's length.
/// </summary>
internal sealed class Spread : Operator
{
    public override string Name => "Spread";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var drop = Attributes.None.With("keepdims", 0);
            yield return new("all", Sample.Values(1, 1, 1), Sample.Values(2, 3, 5));
            yield return new("all, mean", Sample.Values(3), Sample.Values(4, 3, 5)) { Attributes = drop.With("mean", 1) };
            yield return new("last axis", Sample.Values(5, 3), Sample.Values(6, 3, 5), Tensor.Vector(-1L)) { Attributes = drop };
            yield return new("first axis, mean", Sample.Values(7, 1, 5), Sample.Values(8, 3, 5), Tensor.Vector(0L)) { Attributes = Attributes.None.With("mean", 1) };
            yield return new("outer axes", Sample.Values(9, 3), Sample.Values(10, 2, 3, 4), Tensor.Vector(0L, 2L)) { Attributes = drop };
        }
    }

    public override bool ReadsValues(int input) => input != 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(1)];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, (value, width) => value / width),
        ElementType.Double => Compile<double>(context, (value, width) => value / width),
        ElementType.Int64 => Compile<long>(context, (value, width) => value / width),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        var attributes = context.Attributes.Without("mean");
        bool mean = context.Attributes.Int("mean", 0) == 1;
        context.Set(0, context.Has(2)
            ? context.Builder.Append(mean ? "ReduceMean" : "ReduceSum", [context.OutputGradient(), context.Input(2)], attributes)
            : context.Builder.Append(mean ? "ReduceMean" : "ReduceSum", [context.OutputGradient()], attributes));
    }

    private static Action Compile<T>(KernelContext context, Func<T, int, T> divide)
        where T : unmanaged
    {
        var shape = context.InputShape(1);
        var reduced = ReduceOperator.Axes(context.Attributes, context.Longs(2), shape.Rank, context.Error);
        var kept = new int[shape.Rank];
        int width = 1;
        for (int axis = 0; axis < kept.Length; axis++)
        {
            kept[axis] = reduced[axis] ? 1 : shape[axis];
            width *= reduced[axis] ? shape[axis] : 1;
        }

        var loop = BroadcastLoop.For(shape, new Shape(kept));
        bool mean = context.Attributes.Int("mean", 0) == 1;
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return Chunks.Each(
            context.Pool,
            loop.Outer,
            run =>
            {
                var destination = y.Span.Slice(run * loop.Inner, loop.Inner);
                int start = loop.Offset(0, run);
                if (!loop.Advances(0))
                {
                    destination.Fill(mean ? divide(x[start], width) : x[start]);
                    return;
                }

                var source = x.Span.Slice(start, loop.Inner);
                for (int i = 0; i < source.Length; i++)
                {
                    destination[i] = mean ? divide(source[i], width) : source[i];
                }
            },
            loop.Inner);
    }
}
