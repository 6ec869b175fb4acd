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
        var taps = Taps(context, shape);
        int planes = Planes(shape);
        var (dy, x, dx) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        return () =>
        {
            dx.Span.Clear();
            for (int plane = 0; plane < planes; plane++)
            {
                ReadOnlySpan<T> source = x.Span.Slice(plane * taps.Plane, taps.Plane);
                var sums = dx.Span.Slice(plane * taps.Plane, taps.Plane);
                for (int window = 0; window < taps.Windows; window++)
                {
                    int place = MaxPool.Largest(source, taps, window);
                    if (place >= 0)
                    {
                        sums[place] += dy[(plane * taps.Windows) + window];
                    }
                }
            }
        };
    }
}
