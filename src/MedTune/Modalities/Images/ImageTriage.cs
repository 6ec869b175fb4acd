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
    /// <returns>Numbers are places among the rows.</returns>
    public static ImmutableArray<HardExample> Of(ImageData data, int[] rows, ImageFeatureSet features, float[] margins, TaskPool pool)
    {
        int fewest = Math.Max(Fewest, (int)(LeastShare * rows.Length));
        int[] groups = Array.ConvertAll(rows, row => data.Groups[row]);
        if (data.HasFindings)
        {
            ImmutableArray<int[]> found = [.. Enumerable.Range(0, data.ClassNames.Length).Select(finding => Array.ConvertAll(rows, row => data.Labels[row][finding]))];
            return FindingTriage.Of(found, margins, NeighbourAgreement.OfEach(features.Values, found, Neighbours, groups, pool), fewest);
        }

        int count = data.ClassNames.Length;
        int[] classes = Array.ConvertAll(rows, row => data.Classes[row]);
        double[] probabilities = [.. ClassProbabilities.Of(margins, count).SelectMany(own => own).Select(probability => (double)probability)];
        var labels = ConfidentLearning.Of(probabilities, classes, count);
        var neighbours = NeighbourAgreement.Of(features.Values, classes, Neighbours, groups, pool);
        var triage = HardExampleTriage.Of(labels, classes, neighbours: neighbours);
        int wrong = triage.Count(example => example.Kind == HardExampleKind.Mislabelled);
        return HardExampleTriage.ReReadList(triage, Math.Min(rows.Length, Math.Max(fewest, wrong)));
    }

    /// <summary>The list as people get it.</summary>
    public static ImmutableArray<HardSample> Listed(ImageData data, int[] rows, ImmutableArray<HardExample> examples) =>
    [
        .. examples.Select(example => (Row: rows[example.Sample], Example: example)).Select(pair => new HardSample(
            data.Samples[pair.Row],
            data.Name(pair.Row),
            data.HasFindings ? data.Labels[pair.Row][pair.Example.Finding] : data.Classes[pair.Row],
            pair.Example.Believed,
            pair.Example.Kind.ToString().ToLowerInvariant(),
            pair.Example.Suspicion)
        {
            Finding = data.HasFindings ? data.ClassNames[pair.Example.Finding] : null,
        }),
    ];
}
