using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// clamp(depthwise Conv(x) + bias + addend) on blocked images, or with <c>gradient</c> = 1 the gradient by the input (without bias and clamp). Inputs: x,
/// packed filters, optionally a bias padded to whole blocks, an addend like the output and the <see cref="NormalizedReading"/> of x. Outputs 1 and 2 are the <see cref="WrittenMoments"/>.
/// </summary>
internal sealed class BlockedDepthwise : BlockedOperator
{
    public override string Name => "BlockedDepthwise";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 6;

    public override int MaximumOutputs => 3;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var shape = ConvolutionSizes.Read(context.Attributes);
        return WrittenMoments.Types(context.Attributes.Int("gradient", 0) == 1
            ? Blocked(shape.Batch, shape.Channels, shape.Height, shape.Width)
            : Blocked(shape.Batch, shape.Outputs, shape.OutputHeight, shape.OutputWidth));
    }

    public override Action Compile(KernelContext context)
    {
        var convolution = new DepthwiseConvolution(ConvolutionSizes.Read(context.Attributes));
        var (x, w, y, pool) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>(), context.Pool);
        var bias = context.Has(2) ? context.Input<float>(2) : default;
        var addend = context.Has(3) ? context.Input<float>(3) : default;
        var (minimum, maximum) = Clamp.Of(context.Attributes);
        var reading = NormalizedReading.Of(context);
        var moments = WrittenMoments.Of(context, convolution.MomentsLength);
        return context.Attributes.Int("gradient", 0) == 1
            ? () => convolution.InputGradient(x.Span, w.Span, y.Span, pool, addend.Span)
            : () => convolution.Forward(x.Span, w.Span, y.Span, pool, bias.Span, addend.Span, minimum, maximum, reading.Value, moments.Value);
    }
}
