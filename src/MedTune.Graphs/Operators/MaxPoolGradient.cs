using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of MaxPool: that of the output (input 0) added where the windows of input 1 have their largest element, the first of several.</summary>
internal sealed class MaxPoolGradient : PoolOperator
{
    /// <summary>Rows are filled up to whole registers of the widest kind, so that no window is left to be compared alone.</summary>
    private const int Widest = 16;

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

    protected override Action Compile<T>(KernelContext context) => typeof(T) == typeof(float) ? CompileLanes(context) : CompileReference<T>(context);

    /// <summary>Each row's values, tap by tap, so that all its windows are compared at once; then every gradient to its place.</summary>
    private static Action CompileLanes(KernelContext context)
    {
        var shape = context.InputShape(1);
        var rows = Rows(context, shape);
        var (dy, x, dx) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>());
        int planes = Planes(shape), width = (rows.Width + Widest - 1) / Widest * Widest, size = checked(rows.Taps * width);
        var pool = WorkerLoop.PoolFor(context.Pool, planes, rows.Windows * rows.Taps);
        int workers = WorkerLoop.Workers(pool, planes);
        var (values, numbers) = (context.Scratch<float>(checked(workers * size)), context.Scratch<int>(checked(workers * width)));
        var starts = context.Scratch<int>(workers * rows.Taps);
        return new WorkerLoop(pool, planes, (worker, plane) =>
        {
            ReadOnlySpan<float> source = x.Span.Slice(plane * rows.Plane, rows.Plane);
            var sums = dx.Span.Slice(plane * rows.Plane, rows.Plane);
            var own = values.Span.Slice(worker * size, size);
            var taps = numbers.Span.Slice(worker * width, width);
            var places = starts.Span.Slice(worker * rows.Taps, rows.Taps);
            sums.Clear();
            for (int row = 0; row < rows.Rows; row++)
            {
                var (first, end) = Read(source, rows, row, own, places);
                LargestTaps.Find(own, taps);
                ReadOnlySpan<float> slopes = dy.Span.Slice((plane * rows.Windows) + (row * rows.Width), rows.Width);
                for (int window = 0; window < slopes.Length; window++)
                {
                    bool isInside = window >= first && window < end;
                    int place = isInside ? places[taps[window]] + (window * rows.Step) : Place(rows, row, taps[window], window);
                    if (place >= 0)
                    {
                        sums[place] += slopes[window];
                    }
                }
            }
        }).Run;
    }

    /// <summary>The elements of a row of windows, tap by tap, negative infinity in the padding; where each tap would have window 0; and which windows have no padding.</summary>
    private static (int First, int End) Read(ReadOnlySpan<float> plane, WindowRows rows, int row, Span<float> values, Span<int> places)
    {
        var inside = (First: 0, End: rows.Width);
        int width = values.Length / rows.Taps;
        for (int tap = 0; tap < rows.Taps; tap++)
        {
            var (first, end, place) = rows.Inside(tap, row);
            var own = values.Slice(tap * width, width);
            own[..first].Fill(float.NegativeInfinity);
            own[end..].Fill(float.NegativeInfinity);
            inside = (Math.Max(inside.First, first), Math.Min(inside.End, end));
            places[tap] = place - (first * rows.Step);
            for (int window = first; window < end; window++, place += rows.Step)
            {
                own[window] = plane[place];
            }
        }

        return inside;
    }

    /// <summary>Where a window has its largest element, or -1 when all of it is padding. A tap in the padding is the largest only of elements that are negative infinity.</summary>
    private static int Place(WindowRows rows, int row, int largest, int window)
    {
        for (int tap = largest; tap < rows.Taps; tap++)
        {
            var (first, end, place) = rows.Inside(tap, row);
            if (window >= first && window < end)
            {
                return place + ((window - first) * rows.Step);
            }
        }

        return -1;
    }

    private static Action CompileReference<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>
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
