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
        var taps = Taps(context, shape);
        int[] divisors = AveragePool.Divisors(context, shape, taps);
        int planes = Planes(shape);
        var (dy, dx) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            dx.Span.Clear();
            for (int plane = 0; plane < planes; plane++)
            {
                var means = dy.Span.Slice(plane * taps.Windows, taps.Windows);
                var sums = dx.Span.Slice(plane * taps.Plane, taps.Plane);
                for (int tap = 0; tap < taps.Taps; tap++)
                {
                    var places = taps.Of(tap);
                    for (int window = 0; window < means.Length; window++)
                    {
                        if (places[window] >= 0)
                        {
                            sums[places[window]] += means[window] / T.CreateTruncating(divisors[window]);
                        }
                    }
                }
            }
        };
    }
}
