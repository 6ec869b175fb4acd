using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of a Conv by its input: that of the output (input 0) times the weights (input 1), added to the places of the windows in zeros of the
/// shape of input 2.
/// </summary>
internal sealed class ConvInputGradient : ConvolutionGradient
{
    public override string Name => "ConvInputGradient";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return ConvCase.Of("overlapping", Attributes.None, Sample.Values(1, 2, 3, 2, 3), Sample.Values(2, 3, 2, 2, 2), Sample.Values(3, 2, 2, 3, 4));
            yield return ConvCase.Of("strides and padding", Attributes.None.With("strides", ImmutableArray.Create(2L)).With("pads", ImmutableArray.Create(2L, 1L)), Sample.Values(4, 1, 2, 4), Sample.Values(5, 2, 2, 3), Sample.Values(6, 1, 2, 6));
            yield return ConvCase.Of("groups", Attributes.None.With("group", 2), Sample.Values(7, 2, 4, 2), Sample.Values(8, 4, 2, 2), Sample.Values(9, 2, 4, 3));
            yield return ConvCase.Of("blocks of windows", Attributes.None.With("pads", ImmutableArray.Create(1L, 1L, 1L, 1L)), Sample.Values(10, 2, 3, 160, 50), Sample.Values(11, 3, 16, 3, 3), Sample.Values(12, 2, 16, 160, 50)) with { HasGolden = false, FloatTolerance = 1e-3 };
        }
    }

    public override Action Compile(KernelContext context) =>
        Compile(context, ConvLayout.Of(context.Attributes, context.InputShape(2), context.InputShape(1), context.Error));

    /// <summary>Inputs 0 and 1 to output 0, whose shape is that of the layout's x; also what ConvTranspose does.</summary>
    internal static Action Compile(KernelContext context, ConvLayout layout)
    {
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                return Compile(context, layout, context.Input<float>(0), context.Input<float>(1), context.Output<float>());
            case ElementType.Double:
                var (dy, w, dx) = (context.Input<double>(0), context.Input<double>(1), context.Output<double>());
                double[] values = new double[layout.Windows];
                return () => Run(layout, dy.Span, w.Span, dx.Span, values);
            case var other:
                throw context.Unsupported(other);
        }
    }

    private static Action Compile(KernelContext context, ConvLayout layout, Buffer<float> dy, Buffer<float> w, Buffer<float> dx)
    {
        // Windows overlap, so one worker adds all those of a group of a sample, block by block.
        int units = layout.Samples * layout.Groups;
        var work = new ConvWork(context, layout, units, (layout.Depth, layout.Block, layout.Made));
        return work.Over(units, (worker, place) =>
        {
            var sums = dx.Span.Slice(place * layout.SizeX, layout.SizeX);
            var weights = w.Span.Slice(place % layout.Groups * layout.SizeW, layout.SizeW);
            sums.Clear();
            for (int block = 0; block < layout.Blocks; block++)
            {
                (int first, int count) = layout.Part(block);
                var columns = work.Columns(worker)[..(layout.Depth * count)];
                work.Multiply(
                    worker, (layout.Depth, count, layout.Made), weights, true, layout.Depth, dy.Span.Slice(place * layout.SizeY, layout.SizeY)[first..], false, layout.Windows, columns, count);
                layout.Scatter(columns, first, count, sums);
            }
        });
    }

    /// <summary>The reference, channel by channel and tap by tap.</summary>
    private static void Run(ConvLayout layout, ReadOnlySpan<double> dy, ReadOnlySpan<double> w, Span<double> dx, Span<double> values)
    {
        dx.Clear();
        for (int place = 0; place < layout.Samples * layout.Groups; place++)
        {
            for (int row = 0; row < layout.Depth; row++)
            {
                values.Clear();
                for (int made = 0; made < layout.Made; made++)
                {
                    double weight = w[(place % layout.Groups * layout.SizeW) + (made * layout.Depth) + row];
                    var source = dy.Slice((place * layout.SizeY) + (made * layout.Windows), layout.Windows);
                    for (int i = 0; i < source.Length; i++)
                    {
                        values[i] += weight * source[i];
                    }
                }

                (int channel, int tap) = Math.DivRem(row, layout.Rows.Taps);
                layout.Rows.Add(values, tap, 0, dx.Slice((place * layout.SizeX) + (channel * layout.Rows.Plane), layout.Rows.Plane));
            }
        }
    }
}
