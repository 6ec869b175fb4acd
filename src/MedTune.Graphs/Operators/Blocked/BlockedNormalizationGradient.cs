using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The way back through a batch normalization of blocked images. Inputs: the gradient that arrives, x, scale, mean, variance (per channel, filled up to whole
/// blocks), optionally the bias; outputs: the gradients of x, scale and bias, the last two filled up likewise. With <c>batch</c> = 1 mean and variance are the batch's own. With
/// <c>minimum</c> and <c>maximum</c>, which need the bias, gradients count only where the normalized x lay between them.
/// </summary>
internal sealed class BlockedNormalizationGradient : BlockedOperator
{
    public override string Name => "BlockedNormalizationGradient";

    public override int MinimumInputs => 5;

    public override int MaximumInputs => 6;

    public override int MaximumOutputs => 3;

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(0), context.Input(2), context.Input(2)];

    public override Action Compile(KernelContext context)
    {
        var normalization = new BlockedBatchNormalization(ImageOf(context.InputShape(0)));
        var (g, x, scale, mean, variance) = (context.Input<float>(0), context.Input<float>(1), context.Input<float>(2), context.Input<float>(3), context.Input<float>(4));
        var dx = context.Output<float>();
        var dScale = context.HasOutput(1) ? context.Output<float>(1) : context.Scratch<float>(scale.Length);
        var dBias = context.HasOutput(2) ? context.Output<float>(2) : context.Scratch<float>(scale.Length);
        var (inverse, factors) = (context.Scratch<float>(scale.Length), context.Scratch<float>(2 * scale.Length));
        float epsilon = context.Attributes.Float("epsilon", 1e-5f);
        bool isBatch = context.Attributes.Int("batch", 0) == 1;
        bool isGated = Clamp.IsSet(context.Attributes) && context.Has(5);
        var bias = isGated ? context.Input<float>(5) : default;
        var (gateScale, gateShift) = isGated ? (context.Scratch<float>(scale.Length), context.Scratch<float>(scale.Length)) : default;
        var (minimum, maximum) = Clamp.Of(context.Attributes);
        var pool = context.Pool;
        return () =>
        {
            for (int channel = 0; channel < inverse.Length; channel++)
            {
                inverse[channel] = 1 / MathF.Sqrt(variance[channel] + epsilon);
            }

            BlockedNormalizationFactors.Compute(scale.Span, bias.Span, mean.Span, variance.Span, epsilon, gateScale.Span, gateShift.Span);
            var gate = new ChannelNormalization { Scale = gateScale.Span, Shift = gateShift.Span, Minimum = minimum, Maximum = maximum };
            normalization.Backward(g.Span, x.Span, mean.Span, inverse.Span, scale.Span, dx.Span, dScale.Span, dBias.Span, isBatch, factors.Span, gate, pool);
        };
    }
}
