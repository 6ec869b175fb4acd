using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>
/// What a normalization does to each channel: factor = scale / sqrt(variance + epsilon) and constant = bias - mean · factor, for readers that normalize as they read.
/// Inputs: scale, bias, mean, variance (per channel, filled up to whole blocks); outputs 0 and 1.
/// </summary>
internal sealed class BlockedNormalizationFactors : BlockedOperator
{
    public override string Name => "BlockedNormalizationFactors";

    public override int MinimumInputs => 4;

    public override int MaximumOutputs => 2;

    /// <summary>Factors and constants, to the bit as every operator computes them.</summary>
    public static void Compute(
        ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, float epsilon, Span<float> factors, Span<float> constants)
    {
        for (int channel = 0; channel < factors.Length; channel++)
        {
            factors[channel] = scale[channel] / MathF.Sqrt(variance[channel] + epsilon);
            constants[channel] = MathF.FusedMultiplyAdd(-mean[channel], factors[channel], bias[channel]);
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(0), context.Input(0)];

    public override Action Compile(KernelContext context)
    {
        var (scale, bias, mean, variance) = (context.Input<float>(0), context.Input<float>(1), context.Input<float>(2), context.Input<float>(3));
        var (factors, constants) = (context.Output<float>(0), context.Output<float>(1));
        float epsilon = context.Attributes.Float("epsilon", 1e-5f);
        return () => Compute(scale.Span, bias.Span, mean.Span, variance.Span, epsilon, factors.Span, constants.Span);
    }
}
