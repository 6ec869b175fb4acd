using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Mean over samples of <c>-sum of t log(softmax over letters)</c> for logits [N, letters, places]: targets that are zero at most places ask for the others alone.</summary>
internal sealed class LetterCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override ElementType TargetType => ElementType.Float;

    /// <inheritdoc/>
    public override Value Append(GraphBuilder builder, Value margin)
    {
        var target = builder.Input(TargetName, ElementType.Float, Dimension.Batch, margin.Type.Dimensions[1], margin.Type.Dimensions[2]);
        var terms = builder.Multiply(target, builder.LogSoftmax(margin, 1));
        return builder.Negate(builder.MeanOverSamples(builder.ReduceSum(terms, [1, 2], keepDimensions: false)));
    }
}
