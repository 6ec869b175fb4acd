using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of LpPool: an element x (input 1) gets sign(x)·|x|^(p-1) times the sum, over its windows, of the norm's gradient (input 0) by the
/// norm^(p-1) (input 2). A window of norm 0 gives nothing.
/// </summary>
internal sealed class LpPoolGradient : PoolOperator
{
    public override string Name => "LpPoolGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var two = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 2L));
            var padding = Attributes.None.With("kernel_shape", ImmutableArray.Create(3L)).With("strides", ImmutableArray.Create(2L)).With("pads", ImmutableArray.Create(2L, 1L)).With("p", 3);
            yield return new("overlapping", Sample.Values(1, 2, 2, 3, 3), Distinct(2, 2, 4, 4), Sample.Positive(4, 2, 2, 2, 3, 3)) { Attributes = two };
            yield return new("padding", Sample.Values(3, 1, 2, 4), Distinct(1, 2, 6), Sample.Positive(4, 4, 1, 2, 4)) { Attributes = padding, FloatTolerance = 1e-5 };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(1, ElementType.Float, ElementType.Double)];

    protected override Action Compile<T>(KernelContext context)
    {
        int p = LpPool.Order(context.Attributes, context.Error);
        var shape = context.InputShape(1);
        var rows = Rows(context, shape);
        int planes = Planes(shape);
        var (dy, x, y, dx) = (context.Input<T>(0), context.Input<T>(1), context.Input<T>(2), context.Output<T>());
        var pool = WorkerLoop.PoolFor(context.Pool, planes, rows.Windows * rows.Taps);
        var scratch = context.Scratch<T>(WorkerLoop.Workers(pool, planes) * rows.Windows);
        return new WorkerLoop(pool, planes, (worker, plane) =>
        {
            var shares = scratch.Span.Slice(worker * rows.Windows, rows.Windows);
            for (int window = 0; window < shares.Length; window++)
            {
                int at = (plane * rows.Windows) + window;
                shares[window] = y[at] == T.Zero ? T.Zero : dy[at] / LpPool.Power(y[at], p - 1);
            }

            var sums = dx.Span.Slice(plane * rows.Plane, rows.Plane);
            sums.Clear();
            for (int tap = 0; tap < rows.Taps; tap++)
            {
                rows.Add(shares, tap, 0, sums);
            }

            for (int i = 0; i < sums.Length; i++)
            {
                T value = x[(plane * rows.Plane) + i];
                sums[i] *= LpPool.Power(T.Abs(value), p - 1) * T.CreateTruncating(T.Sign(value));
            }
        }).Run;
    }
}
