using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Finds the labels of findings that should be read again, by out-of-fold answers on frozen features: each finding by itself, in one list.</summary>
internal static class FindingTriage
{
    /// <summary>The list: labels that are probably wrong first, then by suspicion.</summary>
    /// <param name="data">All pictures.</param>
    /// <param name="rows">The pictures that were learned from.</param>
    /// <param name="margins">Their calibrated margins, [picture, finding], by fits that had not seen their patient.</param>
    /// <param name="fewest">How many labels are listed at least.</param>
    /// <returns>Samples are places among the rows.</returns>
    public static ImmutableArray<HardExample> Of(ImageData data, int[] rows, float[] margins, int fewest)
    {
        int findings = data.ClassNames.Length;
        HardExample[] all =
        [
            .. Enumerable.Range(0, findings).SelectMany(finding =>
            {
                float[] own = [.. Enumerable.Range(0, rows.Length).Select(i => margins[(i * findings) + finding])];
                int[] labels = Array.ConvertAll(rows, row => data.Labels[row][finding]);
                double[] probabilities = [.. ClassProbabilities.Of(own, 2).SelectMany(pair => pair).Select(probability => (double)probability)];
                return HardExampleTriage.Of(ConfidentLearning.Of(probabilities, labels, 2), labels).Select(example => example with { Finding = finding });
            }),
        ];
        int wrong = all.Count(example => example.Kind == HardExampleKind.Mislabelled);
        return
        [
            .. all.OrderBy(example => example.Kind == HardExampleKind.Mislabelled ? 0 : 1).ThenByDescending(example => example.Suspicion).ThenBy(example => example.Sample).ThenBy(example => example.Finding)
                .Take(Math.Min(rows.Length, Math.Max(fewest, wrong))),
        ];
    }
}
