using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Mean of <c>log(1 + exp(z)) - y z</c> over one margin per sample, with <c>y</c> 0 or 1: the negative log-likelihood of a Bernoulli model.</summary>
public sealed class BinaryCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override Value Append(GraphBuilder builder, Value margin)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var target = builder.Input(TargetName, ElementType.Float, Dimension.Batch, 1);
        var perSample = builder.Append("BinaryCrossEntropyWithLogits", [margin, target], domain: "medtune");
        return builder.MeanOverSamples(perSample);
    }

    /// <inheritdoc/>
    public override ElementType TargetType => ElementType.Float;
}
