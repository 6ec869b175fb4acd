using MedTune.Graphs.Execution;
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
    internal static int[] Divisors(KernelContext context, Shape shape, int length)
    {
        bool counted = context.Attributes.Int("count_include_pad", 0) == 1;
        var windows = Windows.OfPool(context.Attributes, shape.Rank - 2, context.Error);
        var divisors = new int[length];
        for (int window = 0; window < divisors.Length; window++)
        {
            divisors[window] = 1;
            int rest = window;
            for (int axis = shape.Rank - 3; axis >= 0; axis--)
            {
                int extent = shape[axis + 2];
                var (number, begin, end) = windows.Fit(axis, extent);
                (rest, int at) = Math.DivRem(rest, number);
                divisors[window] *= counted ? windows.Within(axis, at, (long)extent + begin + end) : windows.InData(axis, at, extent, begin);
            }
        }

        return divisors;
    }

    protected override Action Compile<T>(KernelContext context)
    {
        var shape = context.InputShape(0);
        var rows = Rows(context, shape);
        int[] divisors = Divisors(context, shape, rows.Windows);
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return Chunks.Each(
            context.Pool,
            Planes(shape) * rows.Rows,
            unit =>
            {
                (int plane, int row) = Math.DivRem(unit, rows.Rows);
                ReadOnlySpan<T> source = x.Span.Slice(plane * rows.Plane, rows.Plane);
                var means = y.Span.Slice(unit * rows.Width, rows.Width);
                means.Clear();
                for (int tap = 0; tap < rows.Taps; tap++)
                {
                    var (first, end, place) = rows.Inside(tap, row);
                    for (int window = first; window < end; window++, place += rows.Step)
                    {
                        means[window] += source[place];
                    }
                }

                for (int window = 0; window < means.Length; window++)
                {
                    means[window] /= T.CreateTruncating(divisors[(row * rows.Width) + window]);
                }
            },
            rows.Width * rows.Taps);
    }
}
