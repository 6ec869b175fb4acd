using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>[N, C, (H,) W] to blocked images.</summary>
internal sealed class ToBlocked : BlockedOperator
{
    public override string Name => "ToBlocked";

    public override int MinimumInputs => 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var extents = context.Require(0, ElementType.Float).Dimensions.Select(dimension => dimension.Value!.Value).ToArray();
        return [Blocked(extents[0], extents[1], extents.Length == 4 ? extents[2] : 1, extents[^1])];
    }

    public override Action Compile(KernelContext context)
    {
        var shape = context.InputShape(0);
        var (x, y, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        int area = shape.Extents[2..].ToArray().Aggregate(1, (product, extent) => product * extent);
        return () => ChannelBlocks.FromPlanes(x.Span, shape[0], shape[1], area, y.Span, pool);
    }
}
