using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The mean of every window: of its elements in the data, or with count_include_pad of those in the padding too.</summary>
internal sealed class AveragePool : PoolOperator
{
    public override string Name => "AveragePool";

    public override IEnumerable<OperatorCase> Cases =>
    [
        .. PoolCases().Where(sample => sample.Name != "dilations"), // an attribute only since set 19
        .. PoolCases().Where(sample => sample.Name is "padding" or "rounded up").Select(sample =>
            sample with { Name = sample.Name + ", padding counted", Attributes = sample.Attributes.With("count_include_pad", 1) }),
    ];

    /// <summary>Set 19 added dilations, which cannot be written in set 18; where they are all 1 they say nothing.</summary>
    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        var dilations = node.Attributes.Ints("dilations");
        return dilations.IsDefault || dilations.All(dilation => dilation == 1)
            ? node with { Attributes = node.Attributes.Without("dilations") }
            : throw new InvalidGraphException(NodeErrors.Sentence(
                node, "its windows are dilated, which only operator sets from 19 on have; models are kept in set 18. Export it without dilations."));
    }

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("AveragePoolGradient", [context.OutputGradient(), context.Input(0)], context.Attributes, InternalDomain));

    /// <summary>What the sum of every window is divided by.</summary>
    internal static int[] Divisors(KernelContext context, Shape shape, WindowTaps taps)
    {
        bool counted = context.Attributes.Int("count_include_pad", 0) == 1;
        var windows = Windows.OfPool(context.Attributes, shape.Rank - 2, context.Error);
        var divisors = new int[taps.Windows];
        for (int window = 0; window < divisors.Length; window++)
        {
            int count = 1;
            int rest = window;
            for (int axis = shape.Rank - 3; axis >= 0 && counted; axis--)
            {
                var (number, begin, end) = windows.Fit(axis, shape[axis + 2]);
                (rest, int at) = Math.DivRem(rest, number);
                count *= windows.Within(axis, at, (long)shape[axis + 2] + begin + end);
            }

            for (int tap = 0; tap < taps.Taps && !counted; tap++)
            {
                count += taps.Of(tap)[window] >= 0 ? 1 : 0;
            }

            divisors[window] = counted ? count : count - 1;
        }

        return divisors;
    }

    protected override Action Compile<T>(KernelContext context)
    {
        var shape = context.InputShape(0);
        var taps = Taps(context, shape);
        int[] divisors = Divisors(context, shape, taps);
        int planes = Planes(shape);
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            y.Span.Clear();
            for (int plane = 0; plane < planes; plane++)
            {
                ReadOnlySpan<T> source = x.Span.Slice(plane * taps.Plane, taps.Plane);
                var means = y.Span.Slice(plane * taps.Windows, taps.Windows);
                for (int tap = 0; tap < taps.Taps; tap++)
                {
                    var places = taps.Of(tap);
                    for (int window = 0; window < means.Length; window++)
                    {
                        means[window] += places[window] >= 0 ? source[places[window]] : T.Zero;
                    }
                }

                for (int window = 0; window < means.Length; window++)
                {
                    means[window] /= T.CreateTruncating(divisors[window]);
                }
            }
        };
    }
}
