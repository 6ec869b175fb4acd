using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Several findings for each picture, each of which is there or not.</summary>
/// <param name="labels">A 0 or 1 for each finding of each picture, by its number.</param>
internal sealed class FindingTargets(ImmutableArray<ImmutableArray<int>> labels) : PictureTargets
{
    public override int Pictures => labels.Length;

    public override int Width => labels[0].Length;

    public override int Margins => Width;

    /// <summary>Refuses what is for one class per picture.</summary>
    /// <exception cref="PlanException">The recipe names another loss, or weights classes.</exception>
    public static void Check(FineTuningRecipe recipe)
    {
        if (recipe.Loss != FineTuningRecipe.CrossEntropy || recipe.BalancesClasses)
        {
            throw new PlanException("The pictures have several findings each: the losses 'focal' and 'ldam' and the balancing of classes are for one class per picture; leave them out.");
        }
    }

    public override int ClassOf(int picture) => 0;

    public override ImmutableArray<int> Counts(int[] pictures) => [.. Enumerable.Range(0, Width).Select(finding => pictures.Count(picture => labels[picture][finding] == 1))];

    public override Loss LossOf(FineTuningOptions options, ImmutableArray<int> counts) => new BinaryCrossEntropy();

    public override ImmutableArray<double> Weights(FineTuningOptions options, ImmutableArray<int> counts, int epoch) => [.. counts.Select(_ => 1.0)];

    public override void Write(Span<float> row, int picture, double smoothing, ImmutableArray<double> weights)
    {
        for (int finding = 0; finding < row.Length; finding++)
        {
            row[finding] = (float)(((1 - smoothing) * labels[picture][finding]) + (smoothing / 2));
        }
    }

    public override double LossOf(ReadOnlySpan<float> margins, int picture)
    {
        double sum = 0;
        for (int finding = 0; finding < margins.Length; finding++)
        {
            sum += PointwiseLoss.Of(margins.Slice(finding, 1), labels[picture][finding]);
        }

        return sum / margins.Length;
    }

    public override double CalibratedLoss(float[] margins, int[] pictures)
    {
        double sum = 0;
        for (int finding = 0; finding < Width; finding++)
        {
            float[] own = [.. margins.Where((_, cell) => cell % Width == finding)];
            int[] labelled = Array.ConvertAll(pictures, picture => labels[picture][finding]);
            sum += PointwiseLoss.Mean(MarginCalibration.Fit(own, labelled).Apply(own), labelled);
        }

        return sum / Width;
    }

    public override double Accuracy(float[] margins, int[] pictures) =>
        (double)margins.Where((margin, cell) => margin > 0 == (labels[pictures[cell / Width]][cell % Width] == 1)).Count() / margins.Length;

    // Confidence over the epochs is defined for one class of several.
    public override void Record(TrainingDynamics dynamics, int place, ReadOnlySpan<float> margins, int picture)
    {
    }
}
