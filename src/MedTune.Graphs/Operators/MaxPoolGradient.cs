using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of MaxPool: that of the output (input 0) added where the windows of input 1 have their largest element, the first of several.</summary>
internal sealed class MaxPoolGradient : PoolOperator
{
    public override string Name => "MaxPoolGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("overlapping", Sample.Values(1, 2, 2, 3, 3), Distinct(2, 2, 4, 4)) { Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 2L)) };
            yield return new("padding", Sample.Values(2, 1, 2, 4), Distinct(1, 2, 6)) { Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(3L)).With("strides", ImmutableArray.Create(2L)).With("pads", ImmutableArray.Create(2L, 1L)) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(1, ElementType.Float, ElementType.Double)];

    protected override Action Compile<T>(KernelContext context)
    {
        var shape = context.InputShape(1);
        var rows = Rows(context, shape);
        var (dy, x, dx) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        int planes = Planes(shape);
        var pool = WorkerLoop.PoolFor(context.Pool, planes, rows.Windows * rows.Taps);
        int workers = WorkerLoop.Workers(pool, planes);
        var (values, places) = (context.Scratch<T>(workers * rows.Width), context.Scratch<int>(workers * rows.Width));
        return new WorkerLoop(pool, planes, (worker, plane) =>
        {
            ReadOnlySpan<T> source = x.Span.Slice(plane * rows.Plane, rows.Plane);
            var sums = dx.Span.Slice(plane * rows.Plane, rows.Plane);
            var own = places.Span.Slice(worker * rows.Width, rows.Width);
            sums.Clear();
            for (int row = 0; row < rows.Rows; row++)
            {
                MaxPool.Largest(source, rows, row, values.Span.Slice(worker * rows.Width, rows.Width), own);
                ReadOnlySpan<T> slopes = dy.Span.Slice((plane * rows.Windows) + (row * rows.Width), rows.Width);
                for (int window = 0; window < own.Length; window++)
                {
                    if (own[window] >= 0)
                    {
                        sums[own[window]] += slopes[window];
                    }
                }
            }
        }).Run;
    }
}
