using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// clamp(Conv(x) + bias + addend) on blocked images, or with <c>gradient</c> = 1 the gradient of a Conv by its input. Inputs: x (blocked, or planar where
/// the sizes say so), packed filters, optionally a bias padded to whole blocks, an addend like the output and the <see cref="NormalizedReading"/> of x. Output 0 is clamped by <c>minimum</c>
/// and <c>maximum</c>; outputs 1 and 2 are its <see cref="WrittenMoments"/>.
/// </summary>
internal sealed class BlockedConv : BlockedOperator
{
    public override string Name => "BlockedConv";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 6;

    public override int MaximumOutputs => 3;

    /// <summary>The compiled convolution of a node's attributes.</summary>
    public static BlockedConvolution Convolution(Attributes attributes) => IsGradient(attributes)
        ? BlockedConvolution.InputGradient(ConvolutionSizes.Read(attributes))
        : BlockedConvolution.Forward(ConvolutionSizes.Read(attributes));

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var shape = ConvolutionSizes.Read(context.Attributes);
        return WrittenMoments.Types(IsGradient(context.Attributes)
            ? Blocked(shape.Batch, shape.Channels, shape.Height, shape.Width)
            : Blocked(shape.Batch, shape.Outputs, shape.OutputHeight, shape.OutputWidth));
    }

    public override Action Compile(KernelContext context)
    {
        var convolution = Convolution(context.Attributes);
        var (x, packed, y, pool) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>(), context.Pool);
        var bias = context.Has(2) ? context.Input<float>(2) : default;
        var addend = context.Has(3) ? context.Input<float>(3) : default;
        var (minimum, maximum) = Clamp.Of(context.Attributes);
        var scratch = context.Scratch<float>(convolution.ScratchLength(pool.Threads));
        var reading = NormalizedReading.Of(context);
        var moments = WrittenMoments.Of(context, convolution.MomentsLength);
        return () => convolution.Run(x.Span, packed.Span, y.Span, scratch.Span, pool, bias.Span, addend.Span, minimum, maximum, reading.Value, moments.Value);
    }

    private static bool IsGradient(Attributes attributes) => attributes.Int("gradient", 0) == 1;
}
