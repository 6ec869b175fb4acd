using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Blocked images to [N, C, (H,) W], which the attribute <c>shape</c> lists.</summary>
internal sealed class FromBlocked : BlockedOperator
{
    public override string Name => "FromBlocked";

    public override int MinimumInputs => 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(ElementType.Float, [.. context.Attributes.Ints("shape").Select(extent => Dimension.FromValue((int)extent))])];

    public override Action Compile(KernelContext context)
    {
        var shape = context.OutputShape();
        var (x, y, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        int area = shape.Extents[2..].ToArray().Aggregate(1, (product, extent) => product * extent);
        return () => ChannelBlocks.ToPlanes(x.Span, shape[0], shape[1], area, y.Span, pool);
    }
}
