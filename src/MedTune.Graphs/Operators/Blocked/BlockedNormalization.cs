using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// clamp((x - mean) / sqrt(variance + epsilon) · scale + bias + addend) on blocked images. Inputs: x, scale, bias, mean, variance (per channel, filled up to
/// whole blocks), optionally an addend like x.
/// </summary>
internal sealed class BlockedNormalization : BlockedOperator
{
    public override string Name => "BlockedNormalization";

    public override int MinimumInputs => 5;

    public override int MaximumInputs => 6;

    public override bool CanOverwrite(ShapeContext context, int input) => input is 0 or 5;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(0)];

    public override Action Compile(KernelContext context)
    {
        var normalization = new BlockedBatchNormalization(ImageOf(context.InputShape(0)));
        var (x, y, pool) = (context.Input<float>(0), context.Output<float>(), context.Pool);
        var (scale, bias, mean, variance) = (context.Input<float>(1), context.Input<float>(2), context.Input<float>(3), context.Input<float>(4));
        var addend = context.Has(5) ? context.Input<float>(5) : default;
        var (minimum, maximum) = Clamp.Of(context.Attributes);
        float epsilon = context.Attributes.Float("epsilon", 1e-5f);
        var (factors, constants) = (context.Scratch<float>(scale.Length), context.Scratch<float>(scale.Length));
        return () =>
        {
            BlockedNormalizationFactors.Compute(scale.Span, bias.Span, mean.Span, variance.Span, epsilon, factors.Span, constants.Span);
            normalization.Scale(x.Span, factors.Span, constants.Span, addend.Span, y.Span, minimum, maximum, pool);
        };
    }
}
