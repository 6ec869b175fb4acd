using System.Collections.Immutable;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Finds the pictures whose labels should be read again, by out-of-fold answers on frozen features and by their neighbours.</summary>
internal static class ImageTriage
{
    private const int Neighbours = 20;
    private const double LeastShare = 0.1;
    private const int Fewest = 20;

    /// <summary>The list, the most suspicious first: a tenth of the pictures, or as many as are estimated to be wrong.</summary>
    /// <param name="data">All pictures.</param>
    /// <param name="rows">The pictures that were learned from.</param>
    /// <param name="features">Their features.</param>
    /// <param name="margins">Their calibrated margins by fits that had not seen their patient.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    public static ImmutableArray<HardSample> Of(ImageData data, int[] rows, ImageFeatureSet features, float[] margins, TaskPool pool)
    {
        int count = data.ClassNames.Length;
        int[] classes = Array.ConvertAll(rows, row => data.Classes[row]);
        int[] groups = Array.ConvertAll(rows, row => data.Groups[row]);
        double[] probabilities = [.. ClassProbabilities.Of(margins, count).SelectMany(own => own).Select(probability => (double)probability)];
        var labels = ConfidentLearning.Of(probabilities, classes, count);
        var neighbours = NeighbourAgreement.Of(features.Values, classes, Neighbours, groups, pool);
        var triage = HardExampleTriage.Of(labels, classes, neighbours: neighbours);
        int wrong = triage.Count(example => example.Kind == HardExampleKind.Mislabelled);
        int most = Math.Min(rows.Length, Math.Max(Fewest, Math.Max(wrong, (int)(LeastShare * rows.Length))));
        return
        [
            .. HardExampleTriage.ReReadList(triage, most).Select(example => new HardSample(
                data.Samples[rows[example.Sample]], data.Name(rows[example.Sample]), classes[example.Sample], example.Believed, example.Kind.ToString().ToLowerInvariant(), example.Suspicion)),
        ];
    }
}
