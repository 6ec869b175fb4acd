using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>What the report says of each kind of model.</summary>
internal static class ImageCandidates
{
    /// <summary>By the outer folds, each kind with the calibration its own folds chose.</summary>
    public static ImmutableArray<CandidateResult> Of(ImageData data, ImmutableArray<ImageFit> final, ImageFit chosen, ImmutableArray<ImageFold> folds)
    {
        if (data.HasFindings)
        {
            return FindingCandidates.Of(data, final, chosen, folds);
        }

        int classes = data.ClassNames.Length;
        int[] rows = [.. folds.SelectMany(fold => fold.Rows)];
        int[] targets = Array.ConvertAll(rows, row => data.Classes[row]);
        var results = final.Select((fit, place) => Result(data, fit, place, fit == chosen, folds, targets)).ToArray();
        int best = Array.FindIndex(results, result => result.IsChosen);
        int[] foldOfRow = [.. folds.SelectMany(fold => fold.Rows.Select(_ => fold.Fold))];
        int[]? groups = data.HasGroups ? Array.ConvertAll(rows, row => data.Groups[row]) : null;
        return
        [
            .. results.Select((result, place) => place == best
                ? result
                : result with
                {
                    AgainstChosen = classes == 2
                        ? PairedComparison.Of(Two(results[best]), Two(result))
                        : PairedComparison.Of(Several(results[best]), Several(result)),
                }),
        ];

        BinaryPredictions Two(CandidateResult result) => new([.. result.Probabilities.Where((_, i) => i % 2 == 1)], targets, foldOfRow, groups);

        MulticlassPredictions Several(CandidateResult result) => new([.. result.Probabilities], targets, [.. data.ClassNames], foldOfRow, groups);
    }

    private static CandidateResult Result(ImageData data, ImageFit fit, int place, bool isChosen, ImmutableArray<ImageFold> folds, int[] targets)
    {
        int classes = data.ClassNames.Length;
        float[] margins = [.. folds.SelectMany(fold => fold.Margins[place])];
        var areas = new List<double>();
        foreach (var fold in folds)
        {
            int[] own = Array.ConvertAll(fold.Rows, row => data.Classes[row]);
            if (classes == 2 && own.Distinct().Count() == 2)
            {
                areas.Add(Auroc.Of(Array.ConvertAll(fold.Margins[place], margin => (double)margin), own));
            }
        }

        return new CandidateResult(
            fit.Kind,
            fit.Setting,
            PointwiseLoss.Mean(margins, targets),
            areas.Count > 0 ? areas.Average() : double.NaN,
            isChosen,
            folds.Count(fold => fold.Chosen == place),
            [.. fit.Losses])
        {
            Tried = fit.Tried,
            Probabilities = [.. ClassProbabilities.Of(margins, classes).SelectMany(own => own).Select(probability => (double)probability)],
        };
    }
}
