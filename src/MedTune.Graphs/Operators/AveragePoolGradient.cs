using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of AveragePool: that of each mean (input 0) spread evenly over its window, in zeros of the shape of input 1.</summary>
internal sealed class AveragePoolGradient : PoolOperator
{
    public override string Name => "AveragePoolGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var padding = Attributes.None.With("kernel_shape", ImmutableArray.Create(3L)).With("strides", ImmutableArray.Create(2L)).With("pads", ImmutableArray.Create(2L, 1L));
            yield return new("overlapping", Sample.Values(1, 2, 2, 3, 3), Sample.Values(2, 2, 2, 4, 4)) { Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 2L)) };
            yield return new("padding", Sample.Values(3, 1, 2, 4), Sample.Values(4, 1, 2, 6)) { Attributes = padding };
            yield return new("padding counted", Sample.Values(5, 1, 2, 4), Sample.Values(6, 1, 2, 6)) { Attributes = padding.With("count_include_pad", 1) };
        }
    }

    public override bool ReadsValues(int input) => input != 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(1, ElementType.Float, ElementType.Double)];

    protected override Action Compile<T>(KernelContext context)
    {
        var shape = context.InputShape(1);
        var rows = Rows(context, shape);
        int[] divisors = AveragePool.Divisors(context, shape, rows.Windows);
        int planes = Planes(shape);
        var (dy, dx) = (context.Input<T>(0), context.Output<T>());
        var pool = WorkerLoop.PoolFor(context.Pool, planes, rows.Windows * rows.Taps);
        var scratch = context.Scratch<T>(WorkerLoop.Workers(pool, planes) * rows.Windows);
        return new WorkerLoop(pool, planes, (worker, plane) =>
        {
            var shares = scratch.Span.Slice(worker * rows.Windows, rows.Windows);
            ReadOnlySpan<T> means = dy.Span.Slice(plane * rows.Windows, rows.Windows);
            for (int window = 0; window < shares.Length; window++)
            {
                shares[window] = means[window] / T.CreateTruncating(divisors[window]);
            }

            var sums = dx.Span.Slice(plane * rows.Plane, rows.Plane);
            sums.Clear();
            for (int tap = 0; tap < rows.Taps; tap++)
            {
                rows.Add(shares, tap, 0, sums);
            }
        }).Run;
    }
}
