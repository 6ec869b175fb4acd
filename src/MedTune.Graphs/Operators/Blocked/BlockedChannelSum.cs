using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The sum over samples and pixels of every channel of blocked images, in the shape [C, 1...] that <c>shape</c> lists.</summary>
internal sealed class BlockedChannelSum : BlockedOperator
{
    public override string Name => "BlockedChannelSum";

    public override int MinimumInputs => 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(ElementType.Float, [.. context.Attributes.Ints("shape").Select(extent => Dimension.FromValue((int)extent))])];

    public override Action Compile(KernelContext context)
    {
        var sums = new BlockedBatchNormalization(ImageOf(context.InputShape(0)));
        var (x, y, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        return () => sums.Sums(x.Span, y.Span, pool);
    }
}
