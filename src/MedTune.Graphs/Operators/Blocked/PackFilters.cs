using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Filters in the order in which the tiles of a blocked convolution read them: once for constant filters, once a step for trained ones. <c>depthwise</c> = 1: one
/// filter a channel. Inputs: filters, and where a normalization is folded into them its scale and its stored variance, which are constants (<c>epsilon</c>).
/// </summary>
internal sealed class PackFilters : BlockedOperator
{
    public override string Name => "PackFilters";

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 3;

    public override bool RunsOnce => true;

    public override bool NeedsConstant(int input) => input > 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(ElementType.Float, [IsDepthwise(context.Attributes) ? Depthwise(context.Attributes).PackedLength : BlockedConv.Convolution(context.Attributes).PackedLength])];

    public override Action Compile(KernelContext context)
    {
        var packed = context.Output<float>();
        var pack = Packing(context);
        if (context.Constant(0) is not Tensor<float> constant)
        {
            var filters = context.Input<float>(0);
            return () => pack(filters.Span, packed.Span);
        }

        // Read where they are: a copy would live as long as the plan.
        if (!context.Has(1))
        {
            return () => pack(constant.Values, packed.Span);
        }

        var scaled = context.Scratch<float>(constant.Length);
        var (scale, variance) = (context.Constant(1)!, context.Constant(2)!);
        float epsilon = context.Attributes.Float("epsilon", 0);
        return () =>
        {
            NormalizationFolding.Scale(constant.Values, scale.Values<float>(), variance.Values<float>(), epsilon, scaled.Span);
            pack(scaled.Span, packed.Span);
        };
    }

    private static Pack Packing(KernelContext context)
    {
        if (IsDepthwise(context.Attributes))
        {
            return Depthwise(context.Attributes).Pack;
        }

        var (convolution, pool) = (BlockedConv.Convolution(context.Attributes), context.Pool);
        return (filters, packed) => convolution.Pack(filters, packed, pool);
    }

    private static bool IsDepthwise(Attributes attributes) => attributes.Int("depthwise", 0) == 1;

    private static DepthwiseConvolution Depthwise(Attributes attributes) => new(ConvolutionSizes.Read(attributes));

    private delegate void Pack(ReadOnlySpan<float> filters, Span<float> packed);
}
