using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Mean over samples of <c>-sum over classes of t log(softmax(z))</c> with a target for each class: for mixed pictures, smoothed labels, weighted samples and classes.</summary>
/// <remarks>A target row that sums to 1 is a distribution over the classes; times a weight, the sample counts so much. <see cref="SoftTargets"/> makes them.</remarks>
public sealed class SoftCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override Value Append(GraphBuilder builder, Value margin)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var target = builder.Input(TargetName, ElementType.Float, Dimension.Batch, margin.Type.Dimensions[1]);
        var terms = builder.Multiply(target, builder.LogSoftmax(margin));
        return builder.Negate(builder.MeanOverSamples(builder.ReduceSum(terms, [1], keepDimensions: false)));
    }

    /// <inheritdoc/>
    public override ElementType TargetType => ElementType.Float;
}
