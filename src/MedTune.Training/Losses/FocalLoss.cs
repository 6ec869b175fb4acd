using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Mean over samples of <c>-sum over classes of t (1 - p)^gamma log(p)</c>, p = softmax(z): what is already right counts little (Lin et al., ICCV 2017).</summary>
/// <remarks>Its probabilities are too low on the whole; calibrate what it trained.</remarks>
public sealed class FocalLoss : Loss
{
    private readonly float _gamma;

    /// <summary>A loss with this sharpness.</summary>
    /// <param name="gamma">0 (cross-entropy) to 5; 2 in the paper.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 5.</exception>
    public FocalLoss(float gamma = 2) =>
        _gamma = gamma is >= 0 and <= 5 ? gamma : throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "The sharpness of the focal loss is from 0 to 5.");

    /// <inheritdoc/>
    public override Value Append(GraphBuilder builder, Value margin)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var target = builder.Input(TargetName, ElementType.Float, Dimension.Batch, margin.Type.Dimensions[1]);
        var logarithms = builder.LogSoftmax(margin);

        // 1 - p, kept above 0 so that its power has a finite slope.
        var missing = builder.Clip(builder.Subtract(builder.Constant(Tensor.Scalar(1f), "one"), builder.Exp(logarithms)), 1e-6f);
        var sharpened = builder.Multiply(logarithms, builder.Pow(missing, builder.Constant(Tensor.Scalar(_gamma), "gamma")));
        return builder.Negate(builder.MeanOverSamples(builder.ReduceSum(builder.Multiply(target, sharpened), [1], keepDimensions: false)));
    }

    /// <inheritdoc/>
    public override ElementType TargetType => ElementType.Float;
}
