using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// clamp(Conv(x) + bias + addend) on blocked images, or with <c>gradient</c> = 1 the gradient of a Conv by its input. Inputs: x (blocked, or planar where
/// the sizes say so), packed filters, optionally a bias padded to whole blocks, an addend like the output and the <see cref="NormalizedReading"/> of x. Output 0 is clamped by <c>minimum</c>
/// and <c>maximum</c>; outputs 1 and 2 are its <see cref="WrittenMoments"/>. With a <c>place</c> the output is a part of a wider tensor, which other nodes fill up: input 6, if there is
/// one, is that tensor as far as it is written, and is written over.
/// </summary>
internal sealed class BlockedConv : BlockedOperator
{
    /// <summary>The input that is the wider tensor.</summary>
    public const int Wider = 6;

    public override string Name => "BlockedConv";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 7;

    public override int MaximumOutputs => 3;

    /// <summary>The compiled convolution of a node's attributes.</summary>
    public static BlockedConvolution Convolution(Attributes attributes) => IsGradient(attributes)
        ? BlockedConvolution.InputGradient(ConvolutionSizes.Read(attributes))
        : BlockedConvolution.Forward(ConvolutionSizes.Read(attributes));

    /// <summary>Only the other parts of the wider tensor are kept: this node neither reads nor writes them.</summary>
    public override bool CanOverwrite(ShapeContext context, int input) => input == Wider;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var shape = ConvolutionSizes.Read(context.Attributes);
        return WrittenMoments.Types(IsGradient(context.Attributes)
            ? Blocked(shape.Batch, shape.Channels, shape.Height, shape.Width)
            : Blocked(shape.Batch, ConvolutionPlace.Of(context.Attributes) is { All: > 0 } place ? place.All * ChannelBlocks.Size : shape.Outputs, shape.OutputHeight, shape.OutputWidth));
    }

    public override Action Compile(KernelContext context)
    {
        var convolution = Convolution(context.Attributes);
        var (x, packed, y, pool) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>(), context.Pool);
        var bias = context.Has(2) ? context.Input<float>(2) : default;
        var addend = context.Has(3) ? context.Input<float>(3) : default;
        if (context.Has(Wider) && context.Input<float>(Wider).Span != y.Span)
        {
            throw context.Error("the tensor it writes a part of is read by others too.");
        }

        var (minimum, maximum) = Clamp.Of(context.Attributes);
        var place = ConvolutionPlace.Of(context.Attributes);
        var scratch = context.Scratch<float>(convolution.ScratchLength(pool.Threads));
        var reading = NormalizedReading.Of(context);
        var moments = WrittenMoments.Of(context, convolution.MomentsLength);
        return () => convolution.Run(x.Span, packed.Span, y.Span, scratch.Span, pool, bias.Span, addend.Span, minimum, maximum, reading.Value, moments.Value, place);
    }

    private static bool IsGradient(Attributes attributes) => attributes.Int("gradient", 0) == 1;
}
