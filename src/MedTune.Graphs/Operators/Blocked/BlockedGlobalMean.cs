using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The mean of every plane of blocked images, in the plain shape [N, C, 1...] that <c>shape</c> lists.</summary>
internal sealed class BlockedGlobalMean : BlockedOperator
{
    public override string Name => "BlockedGlobalMean";

    public override int MinimumInputs => 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(ElementType.Float, [.. context.Attributes.Ints("shape").Select(extent => Dimension.FromValue((int)extent))])];

    public override Action Compile(KernelContext context)
    {
        var image = ImageOf(context.InputShape(0)) with { Channels = context.OutputShape()[1] };
        var (x, means, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        return () => BlockedPooling.GlobalMean(image, x.Span, means.Span, pool);
    }
}
