using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Finds the labels of findings that should be read again, by out-of-fold answers on frozen features and by their neighbours: each finding by itself, in one list.</summary>
internal static class FindingTriage
{
    /// <summary>The list: labels that are probably wrong first, then by suspicion.</summary>
    /// <param name="labels">For each finding the label of each picture that was learned from.</param>
    /// <param name="margins">Their calibrated margins, [picture, finding], by fits that had not seen their patient.</param>
    /// <param name="neighbours">For each finding what the nearest pictures of other patients say.</param>
    /// <param name="fewest">How many labels are listed at least.</param>
    /// <returns>Samples are places among the pictures.</returns>
    public static ImmutableArray<HardExample> Of(ImmutableArray<int[]> labels, float[] margins, ImmutableArray<ImmutableArray<NeighbourAgreement>> neighbours, int fewest)
    {
        int rows = labels[0].Length;
        HardExample[] all =
        [
            .. labels.SelectMany((own, finding) =>
            {
                float[] answers = [.. Enumerable.Range(0, rows).Select(i => margins[(i * labels.Length) + finding])];
                double[] probabilities = [.. ClassProbabilities.Of(answers, 2).SelectMany(pair => pair).Select(probability => (double)probability)];
                return HardExampleTriage.Of(ConfidentLearning.Of(probabilities, own, 2), own, neighbours: neighbours[finding]).Select(example => example with { Finding = finding });
            }),
        ];
        int wrong = all.Count(example => example.Kind == HardExampleKind.Mislabelled);
        return
        [
            .. all.OrderBy(example => example.Kind == HardExampleKind.Mislabelled ? 0 : 1).ThenByDescending(example => example.Suspicion).ThenBy(example => example.Sample).ThenBy(example => example.Finding)
                .Take(Math.Min(rows, Math.Max(fewest, wrong))),
        ];
    }
}
