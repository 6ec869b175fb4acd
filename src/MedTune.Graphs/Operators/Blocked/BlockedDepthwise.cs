using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// clamp(depthwise Conv(x) + bias + addend) on blocked images, or with <c>gradient</c> = 1 the gradient by the input (without bias and clamp). Inputs: x,
/// packed filters, optionally a bias padded to whole blocks and an addend like the output.
/// </summary>
internal sealed class BlockedDepthwise : BlockedOperator
{
    public override string Name => "BlockedDepthwise";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 4;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var shape = ConvolutionSizes.Read(context.Attributes);
        return [context.Attributes.Int("gradient", 0) == 1
            ? Blocked(shape.Batch, shape.Channels, shape.Height, shape.Width)
            : Blocked(shape.Batch, shape.Outputs, shape.OutputHeight, shape.OutputWidth)];
    }

    public override Action Compile(KernelContext context)
    {
        var convolution = new DepthwiseConvolution(ConvolutionSizes.Read(context.Attributes));
        var (x, w, y, pool) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>(), context.Pool);
        var bias = context.Has(2) ? context.Input<float>(2) : default;
        var addend = context.Has(3) ? context.Input<float>(3) : default;
        var (minimum, maximum) = Clamp.Of(context.Attributes);
        return context.Attributes.Int("gradient", 0) == 1
            ? () => convolution.InputGradient(x.Span, w.Span, y.Span, pool, addend.Span)
            : () => convolution.Forward(x.Span, w.Span, y.Span, pool, bias.Span, addend.Span, minimum, maximum);
    }
}
