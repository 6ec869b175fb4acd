using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Pooling of blocked images by the attributes of MaxPool and AveragePool: <c>kind</c> is max or mean. With <c>gradient</c> = 1 input 0 is the gradient of
/// the output and input 1 the images pooled, of which the gradient is the output.
/// </summary>
internal sealed class BlockedPool : BlockedOperator
{
    public override string Name => "BlockedPool";

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 2;

    public override bool ReadsValues(int input) => true;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        if (context.Attributes.Int("gradient", 0) == 1)
        {
            return [context.Input(1)];
        }

        int[] extents = [.. context.Input(0).Dimensions.Select(dimension => dimension.Value!.Value)];
        var windows = Of(context.Attributes, new BlockedImage(extents[0], extents[1] * ChannelBlocks.Size, extents[2], extents[3]), context.Error);
        return [Blocked(extents[0], extents[1] * ChannelBlocks.Size, windows.Height, windows.Width)];
    }

    public override Action Compile(KernelContext context)
    {
        bool isGradient = context.Attributes.Int("gradient", 0) == 1;
        var windows = Of(context.Attributes, ImageOf(context.InputShape(isGradient ? 1 : 0)), context.Error);
        var (first, result, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        var x = isGradient ? context.Input<float>(1) : default;
        return (context.Attributes.String("kind", "max"), isGradient) switch
        {
            ("max", false) => () => BlockedPooling.Maximum(windows, first.Span, result.Span, pool),
            ("max", true) => () => BlockedPooling.MaximumGradient(windows, first.Span, x.Span, result.Span, pool),
            (_, false) => () => BlockedPooling.Mean(windows, first.Span, result.Span, pool),
            _ => () => BlockedPooling.MeanGradient(windows, first.Span, result.Span, pool),
        };
    }

    /// <summary>The windows of a pooling node with two spatial axes (or one: then rows stand still).</summary>
    private static PoolWindows Of(Attributes attributes, BlockedImage image, Func<string, InvalidGraphException> error)
    {
        int axes = attributes.Ints("kernel_shape").Length;
        var windows = Windows.OfPool(attributes, axes, error);
        var rows = axes == 2 ? windows.Fit(0, image.Height) : (Count: 1, Begin: 0, End: 0);
        var columns = windows.Fit(axes - 1, image.Width);
        return new PoolWindows
        {
            Image = image,
            Height = rows.Count,
            Width = columns.Count,
            Extent = (axes == 2 ? windows.Kernel[0] : 1, windows.Kernel[axes - 1]),
            Stride = (axes == 2 ? windows.Stride(0) : 1, windows.Stride(axes - 1)),
            Dilation = (axes == 2 ? windows.Dilation(0) : 1, windows.Dilation(axes - 1)),
            Padding = (rows.Begin, columns.Begin),
            EndPadding = (rows.End, columns.End),
            CountsPadding = attributes.Int("count_include_pad", 0) == 1,
        };
    }
}
