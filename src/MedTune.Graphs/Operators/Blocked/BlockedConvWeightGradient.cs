using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of a Conv by its filters, [M, C, kernel...] as <c>shape</c> lists them, from the blocked gradient of its output and its (blocked or planar) input, perhaps with the <see cref="NormalizedReading"/> of that.</summary>
internal sealed class BlockedConvWeightGradient : BlockedOperator
{
    public override string Name => "BlockedConvWeightGradient";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 4;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(ElementType.Float, [.. context.Attributes.Ints("shape").Select(extent => Dimension.FromValue((int)extent))])];

    public override Action Compile(KernelContext context)
    {
        var gradient = new ConvolutionWeightGradient(ConvolutionSizes.Read(context.Attributes));
        var (dy, x, dw, pool) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>(), context.Pool);
        var scratch = context.Scratch<float>(gradient.ScratchLength(pool.Threads));
        var reading = NormalizedReading.Of(context);
        return () => gradient.Run(x.Span, dy.Span, dw.Span, scratch.Span, pool, reading.Value);
    }
}
