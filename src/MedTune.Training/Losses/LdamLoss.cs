using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Cross-entropy in which the label's margin must be larger the rarer its class is (LDAM: Cao et al., NeurIPS 2019).</summary>
/// <remarks>
/// From each margin its class's distance, proportional to n^(-1/4) and at most <c>largest</c>, is taken where the target names the class; the margins are then scaled. For the deferred
/// re-weighting of the paper (DRW), give weighted targets in the last part of training: <see cref="SoftTargets.EffectiveNumberWeights"/>.
/// </remarks>
public sealed class LdamLoss : Loss
{
    private readonly float[] _distances;
    private readonly float _scale;

    /// <summary>A loss for classes of these sizes.</summary>
    /// <param name="counts">Training samples of each class, each at least 1.</param>
    /// <param name="largest">The rarest class's distance, above 0; 0.5 in the paper.</param>
    /// <param name="scale">Factor of the margins, above 0. The paper's 30 goes with normalized features; 1 for a linear head.</param>
    /// <exception cref="ArgumentException">A class has no sample, or a constant is out of range.</exception>
    public LdamLoss(ImmutableArray<int> counts, float largest = 0.5f, float scale = 1)
    {
        if (counts.IsDefaultOrEmpty || counts.Any(count => count < 1) || !(largest > 0) || !(scale > 0))
        {
            throw new ArgumentException("Each class has at least one sample, and the largest distance and the scale are above 0.", nameof(counts));
        }

        double rarest = 1 / Math.Sqrt(Math.Sqrt(counts.Min()));
        (_distances, _scale) = ([.. counts.Select(count => (float)(largest / Math.Sqrt(Math.Sqrt(count)) / rarest))], scale);
    }

    /// <inheritdoc/>
    public override Value Append(GraphBuilder builder, Value margin)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var target = builder.Input(TargetName, ElementType.Float, Dimension.Batch, _distances.Length);

        // The distance is that of the named class: a weighted target still names it whole.
        var named = builder.Sign(target);
        var distances = builder.Constant(Tensor.Create<float>(new Shape(1, _distances.Length), _distances), "distances");
        var pushed = builder.Multiply(builder.Subtract(margin, builder.Multiply(named, distances)), builder.Constant(Tensor.Scalar(_scale), "scale"));
        var terms = builder.Multiply(target, builder.LogSoftmax(pushed));
        return builder.Negate(builder.MeanOverSamples(builder.ReduceSum(terms, [1], keepDimensions: false)));
    }

    /// <inheritdoc/>
    public override ElementType TargetType => ElementType.Float;
}
