using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Filters in the order in which the tiles of a blocked convolution read them: once for constant filters, once a step for trained ones. <c>depthwise</c> = 1: one filter a channel.</summary>
internal sealed class PackFilters : BlockedOperator
{
    public override string Name => "PackFilters";

    public override int MinimumInputs => 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(ElementType.Float, [IsDepthwise(context.Attributes) ? Depthwise(context.Attributes).PackedLength : BlockedConv.Convolution(context.Attributes).PackedLength])];

    public override Action Compile(KernelContext context)
    {
        var (filters, packed, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        if (IsDepthwise(context.Attributes))
        {
            var depthwise = Depthwise(context.Attributes);
            return () => depthwise.Pack(filters.Span, packed.Span);
        }

        var convolution = BlockedConv.Convolution(context.Attributes);
        return () => convolution.Pack(filters.Span, packed.Span, pool);
    }

    private static bool IsDepthwise(Attributes attributes) => attributes.Int("depthwise", 0) == 1;

    private static DepthwiseConvolution Depthwise(Attributes attributes) => new(ConvolutionSizes.Read(attributes));
}
