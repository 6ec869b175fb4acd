using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Mean and variance of every channel of blocked images over samples and pixels: outputs 0 and 1, filled up to whole blocks.</summary>
internal sealed class BlockedMoments : BlockedOperator
{
    public override string Name => "BlockedMoments";

    public override int MinimumInputs => 1;

    public override int MaximumOutputs => 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var channels = new TensorType(ElementType.Float, [context.Input(0).Dimensions[1].Value!.Value * ChannelBlocks.Size]);
        return [channels, channels];
    }

    public override Action Compile(KernelContext context)
    {
        var normalization = new BlockedBatchNormalization(ImageOf(context.InputShape(0)));
        var (x, mean, variance, pool) = (context.Input<float>(0), context.Output<float>(0), context.Output<float>(1), context.Pool);
        return () => normalization.Moments(x.Span, mean.Span, variance.Span, pool);
    }
}
