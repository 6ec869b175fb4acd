using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Mean over samples of <c>log(sum(exp(z))) - z[y]</c> over one margin per class: the negative log-likelihood of a softmax model.</summary>
public sealed class CrossEntropy : Loss
{
    /// <inheritdoc/>
    public override Value Append(GraphBuilder builder, Value margin)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var target = builder.Input(TargetName, ElementType.Int64, Dimension.Batch);
        var perSample = builder.Append("SoftmaxCrossEntropyLoss", [margin, target], Attributes.None.With("reduction", "none"));
        return builder.MeanOverSamples(perSample);
    }

    /// <inheritdoc/>
    public override ElementType TargetType => ElementType.Int64;
}
