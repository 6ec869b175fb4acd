using System.Collections.Immutable;
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
        new("indices", Distinct(2, 2, 4, 5)) { Outputs = 2, Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 3L)) },
        new("indices, columns first", Distinct(2, 2, 4, 5)) { Outputs = 2, Attributes = Attributes.None.With("kernel_shape", ImmutableArray.Create(2L, 3L)).With("storage_order", 1) },
    ];

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("MaxPoolGradient", [context.OutputGradient(), context.Input(0)], context.Attributes, InternalDomain));

    /// <summary>The place of the largest element of a window; the first of several, and -1 when the window has none.</summary>
    internal static int Largest<T>(ReadOnlySpan<T> plane, WindowTaps taps, int window)
        where T : System.Numerics.INumber<T>
    {
        int best = -1;
        for (int tap = 0; tap < taps.Taps; tap++)
        {
            int place = taps.Places[(tap * taps.Windows) + window];
            if (place >= 0 && (best < 0 || plane[place] > plane[best] || (T.IsNaN(plane[place]) && !T.IsNaN(plane[best]))))
            {
                best = place;
            }
        }

        return best;
    }

    protected override IEnumerable<TensorType> Types(TensorType first) => [first, first with { Element = ElementType.Int64 }];

    protected override Action Compile<T>(KernelContext context)
    {
        var shape = context.InputShape(0);
        var taps = Taps(context, shape);
        int planes = Planes(shape);
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        var indices = context.HasOutput(1) ? context.Output<long>(1) : default;
        int[] numbers = context.Attributes.Int("storage_order", 0) == 1 ? ColumnsFirst(shape.Extents[2..].ToArray(), taps.Plane) : [];
        T lowest = T.CreateSaturating(double.NegativeInfinity);
        return () =>
        {
            for (int plane = 0; plane < planes; plane++)
            {
                ReadOnlySpan<T> source = x.Span.Slice(plane * taps.Plane, taps.Plane);
                for (int window = 0; window < taps.Windows; window++)
                {
                    int place = Largest(source, taps, window);
                    y[(plane * taps.Windows) + window] = place < 0 ? lowest : source[place];
                    if (indices.Length > 0)
                    {
                        indices[(plane * taps.Windows) + window] = place < 0 ? -1 : ((long)plane * taps.Plane) + (numbers.Length == 0 ? place : numbers[place]);
                    }
                }
            }
        };
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
