using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Mean and variance of what a blocked convolution writes, as its outputs 1 and 2, so that they need no sweep of their own.</summary>
internal readonly struct WrittenMoments
{
    private readonly Buffer<float> _mean;
    private readonly Buffer<float> _variance;
    private readonly Buffer<double> _parts;

    private WrittenMoments(Buffer<float> mean, Buffer<float> variance, Buffer<double> parts) => (_mean, _variance, _parts) = (mean, variance, parts);

    /// <summary>As kernels of MedTune.Tensors take them; empty where they are not asked for.</summary>
    public ChannelMoments Value => new() { Mean = _mean.Span, Variance = _variance.Span, Parts = _parts.Span };

    /// <summary>What a node asks for.</summary>
    /// <param name="context">The node.</param>
    /// <param name="length">Doubles to work with.</param>
    public static WrittenMoments Of(KernelContext context, int length) => context.HasOutput(1) || context.HasOutput(2)
        ? new(Channels(context, 1), Channels(context, 2), context.Scratch<double>(length))
        : default;

    /// <summary>The types of all outputs, from that of the images.</summary>
    public static ImmutableArray<TensorType> Types(TensorType images)
    {
        var channels = new TensorType(ElementType.Float, [images.Dimensions[1].Value!.Value * ChannelBlocks.Size]);
        return [images, channels, channels];
    }

    private static Buffer<float> Channels(KernelContext context, int output) =>
        context.HasOutput(output) ? context.Output<float>(output) : context.Scratch<float>(context.OutputShape(0)[1] * ChannelBlocks.Size);
}
