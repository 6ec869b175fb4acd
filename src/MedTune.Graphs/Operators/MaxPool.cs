using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The largest of every window; output 1 is where it lies in the whole input, counted along the last axis first unless storage_order is 1.</summary>
internal sealed class MaxPool : PoolOperator
{
    public override string Name => "MaxPool";

    public override int MaximumOutputs => 2;

    public override IEnumerable<OperatorCase> Cases =>
    [
        .. PoolCases(),
        new("bytes", Sample.Bytes(1, 1, 2, 4, 5)) { Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 3L)) },
        new("signed bytes", Sample.SignedBytes(2, 1, 2, 7)) { Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L)).With("pads", ImmutableArray.Create(1L, 0L)) },
        new("indices", Distinct(2, 2, 4, 5)) { Outputs = 2, Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 3L)) },
        new("indices, many planes", Distinct(4, 8, 40, 41)) { HasGolden = false, Outputs = 2, Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(3L, 3L)) },
        new("indices, columns first", Distinct(2, 2, 4, 5)) { Outputs = 2, Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 3L)).With("storage_order", 1) },
    ];

    protected override bool TakesBytes => true;

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("MaxPoolGradient", [context.OutputGradient(), context.Input(0)], context.Attributes, InternalDomain));

    /// <summary>
    /// The largest of every window of a row and its place; the first of several, and place -1 when the window has none. NaN is larger than every number.
    /// </summary>
    internal static void Largest<T>(ReadOnlySpan<T> plane, WindowRows rows, int row, Span<T> largest, Span<int> places)
        where T : System.Numerics.INumber<T>
    {
        largest.Fill(T.CreateSaturating(double.NegativeInfinity));
        places.Fill(-1);
        for (int tap = 0; tap < rows.Taps; tap++)
        {
            var (first, end, place) = rows.Inside(tap, row);
            for (int window = first; window < end; window++, place += rows.Step)
            {
                // Without branches: which element is larger cannot be foreseen.
                (T value, T best) = (plane[place], largest[window]);
                bool isLarger = (places[window] < 0) | (value > best) | (T.IsNaN(value) & !T.IsNaN(best));
                places[window] = isLarger ? place : places[window];
                largest[window] = T.Max(best, value);
            }
        }
    }

    protected override IEnumerable<TensorType> Types(TensorType first) => [first, first with { Element = ElementType.Int64 }];

    protected override Action Compile<T>(KernelContext context) => context.HasOutput(1) ? CompileIndices<T>(context) : CompileLargest<T>(context);

    /// <summary>The largest alone: first over the rows of the data that a row of windows spans, then over the elements of each window along that one.</summary>
    private static Action CompileLargest<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var rows = Rows(context, context.InputShape(0));
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        T lowest = T.CreateSaturating(double.NegativeInfinity);
        int units = Planes(context.InputShape(0)) * rows.Rows;
        var pool = WorkerLoop.PoolFor(context.Pool, units, rows.Width * rows.Taps);
        var scratch = context.Scratch<T>(WorkerLoop.Workers(pool, units) * rows.Extent);
        return new WorkerLoop(pool, units, (worker, unit) =>
        {
            (int plane, int row) = Math.DivRem(unit, rows.Rows);
            var span = scratch.Span.Slice(worker * rows.Extent, rows.Extent);
            ReadOnlySpan<T> source = x.Span.Slice(plane * rows.Plane, rows.Plane);
            span.Fill(lowest);
            for (int outer = 0; outer < rows.OuterTaps; outer++)
            {
                if (rows.Start(outer, row) is >= 0 and int start)
                {
                    Raise(source.Slice(start, rows.Extent), span);
                }
            }

            var largest = y.Span.Slice(unit * rows.Width, rows.Width);
            largest.Fill(lowest);
            for (int tap = 0; tap < rows.Kernel; tap++)
            {
                var (first, end, place) = rows.Along(tap);
                for (int window = first; window < end; window++, place += rows.Step)
                {
                    largest[window] = T.Max(largest[window], span[place]);
                }
            }
        }).Run;
    }

    private static void Raise<T>(ReadOnlySpan<T> x, Span<T> largest)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            var floats = MemoryMarshal.Cast<T, float>(largest);
            ElementWise.Map<MaximumKernel>(floats, MemoryMarshal.Cast<T, float>(x), floats);
            return;
        }

        for (int i = 0; i < largest.Length; i++)
        {
            largest[i] = T.Max(largest[i], x[i]);
        }
    }

    private static Action CompileIndices<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var shape = context.InputShape(0);
        var rows = Rows(context, shape);
        var (x, y, indices) = (context.Input<T>(0), context.Output<T>(), context.Output<long>(1));
        int[] numbers = context.Attributes.Int("storage_order", 0) == 1 ? ColumnsFirst(shape.Extents[2..].ToArray(), rows.Plane) : [];
        int units = Planes(shape) * rows.Rows;
        var pool = WorkerLoop.PoolFor(context.Pool, units, rows.Width * rows.Taps);
        var places = context.Scratch<int>(WorkerLoop.Workers(pool, units) * rows.Width);
        return new WorkerLoop(pool, units, (worker, unit) =>
        {
            (int plane, int row) = Math.DivRem(unit, rows.Rows);
            var own = places.Span.Slice(worker * rows.Width, rows.Width);
            var largest = y.Span.Slice(unit * rows.Width, rows.Width);
            Largest(x.Span.Slice(plane * rows.Plane, rows.Plane), rows, row, largest, own);
            for (int window = 0; window < own.Length; window++)
            {
                int place = own[window];
                indices[(unit * rows.Width) + window] = place < 0 ? -1 : ((long)plane * rows.Plane) + (numbers.Length == 0 ? place : numbers[place]);
            }
        }).Run;
    }

    /// <summary>The number of every place of a plane when the first axis runs fastest.</summary>
    private static int[] ColumnsFirst(int[] extents, int length)
    {
        var numbers = new int[length];
        for (int place = 0; place < length; place++)
        {
            int rest = place;
            int step = length;
            for (int axis = extents.Length - 1; axis >= 0; axis--)
            {
                step /= extents[axis];
                (rest, int at) = Math.DivRem(rest, extents[axis]);
                numbers[place] += at * step;
            }
        }

        return numbers;
    }
}
