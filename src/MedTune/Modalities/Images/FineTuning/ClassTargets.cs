using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>One class for each picture.</summary>
/// <param name="classes">The class of each picture, by its number.</param>
/// <param name="classCount">Number of classes.</param>
internal sealed class ClassTargets(int[] classes, int classCount) : PictureTargets
{
    // The share of the epochs in which LDAM weights classes (0.2 in the paper).
    private const double LastPart = 0.2;

    public override int Pictures => classes.Length;

    public override int Width => classCount;

    public override int Margins => classCount == 2 ? 1 : classCount;

    public override int ClassOf(int picture) => classes[picture];

    public override ImmutableArray<int> Counts(int[] pictures) => [.. Enumerable.Range(0, classCount).Select(label => pictures.Count(picture => classes[picture] == label))];

    public override Loss LossOf(FineTuningOptions options, ImmutableArray<int> counts) => options.Loss switch
    {
        FineTuningRecipe.Focal => new FocalLoss(),
        FineTuningRecipe.Ldam => new LdamLoss(counts),
        _ => new SoftCrossEntropy(),
    };

    // With LDAM, rare classes get their weights when the margins have been learned (deferred re-weighting).
    public override ImmutableArray<double> Weights(FineTuningOptions options, ImmutableArray<int> counts, int epoch) => options switch
    {
        { BalancesClasses: true } => SoftTargets.BalancedWeights(counts),
        { Loss: FineTuningRecipe.Ldam } when epoch >= (1 - LastPart) * options.Epochs => SoftTargets.EffectiveNumberWeights(counts),
        _ => [.. counts.Select(_ => 1.0)],
    };

    public override void Write(Span<float> row, int picture, double smoothing, ImmutableArray<double> weights) =>
        SoftTargets.Write(row, classes[picture], smoothing, weights[classes[picture]]);

    public override double LossOf(ReadOnlySpan<float> margins, int picture) => PointwiseLoss.Of(margins, classes[picture]);

    public override double CalibratedLoss(float[] margins, int[] pictures)
    {
        int[] own = Array.ConvertAll(pictures, picture => classes[picture]);
        return PointwiseLoss.Mean(MarginCalibration.Fit(margins, own).Apply(margins), own);
    }

    public override double Accuracy(float[] margins, int[] pictures)
    {
        int width = margins.Length / pictures.Length;
        int right = Enumerable.Range(0, pictures.Length).Count(i => Likeliest(margins.AsSpan(i * width, width)) == classes[pictures[i]]);
        return (double)right / pictures.Length;
    }

    public override void Record(TrainingDynamics dynamics, int place, ReadOnlySpan<float> margins, int picture) => dynamics.Record(place, margins, classes[picture]);

    private static int Likeliest(ReadOnlySpan<float> margins)
    {
        if (margins.Length == 1)
        {
            return margins[0] > 0 ? 1 : 0;
        }

        int best = 0;
        for (int k = 1; k < margins.Length; k++)
        {
            best = margins[k] > margins[best] ? k : best;
        }

        return best;
    }
}
