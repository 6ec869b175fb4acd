using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>
/// Mean of <c>log(1 + exp(z)) - y z</c> over the margins of all samples, with <c>y</c> from 0 to 1: the negative log-likelihood of a Bernoulli model. One margin is for two
/// classes; several are for as many findings.
/// </summary>
public sealed class BinaryCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override Value Append(GraphBuilder builder, Value margin)
    {
        ArgumentNullException.ThrowIfNull(builder);
        int findings = margin.Type is { HasRank: true, Rank: 2 } type ? type.Dimensions[1].Value ?? 1 : 1;
        var target = builder.Input(TargetName, ElementType.Float, Dimension.Batch, findings);
        var perSample = builder.Append("BinaryCrossEntropyWithLogits", [margin, target], domain: "medtune");
        return findings == 1
            ? builder.MeanOverSamples(perSample)
            : builder.Multiply(builder.MeanOverSamples(builder.ReduceSum(perSample, [1], keepDimensions: false)), builder.Constant(Tensor.Scalar(1f / findings), "findings"));
    }

    /// <inheritdoc/>
    public override ElementType TargetType => ElementType.Float;
}
