using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>What the report says of each kind of model of several findings.</summary>
internal static class FindingCandidates
{
    /// <summary>By the outer folds, as for classes: the loss is the mean over findings, the AUROC the mean over findings within a fold and then over folds.</summary>
    public static ImmutableArray<CandidateResult> Of(ImageData data, ImmutableArray<ImageFit> final, ImageFit chosen, ImmutableArray<ImageFold> folds)
    {
        int[] rows = [.. folds.SelectMany(fold => fold.Rows)];
        int[] labels = [.. rows.SelectMany(row => data.Labels[row])];
        CandidateResult[] results =
        [
            .. final.Select((fit, place) =>
            {
                float[] margins = [.. folds.SelectMany(fold => fold.Margins[place])];
                double[] areas = [.. folds.Select(fold => Area(data, fold, place)).Where(double.IsFinite)];
                return new CandidateResult(
                    fit.Kind, fit.Setting, PointwiseLoss.Mean(margins, labels), areas.Length > 0 ? areas.Average() : double.NaN, fit == chosen, folds.Count(fold => fold.Chosen == place), [.. fit.Losses])
                {
                    Tried = fit.Tried,
                    Probabilities = [.. data.Probabilities(margins).SelectMany(own => own).Select(probability => (double)probability)],
                };
            }),
        ];
        int[] foldOfRow = [.. folds.SelectMany(fold => fold.Rows.Select(_ => fold.Fold))];
        int[]? groups = data.HasGroups ? Array.ConvertAll(rows, row => data.Groups[row]) : null;
        var kept = results.FirstOrDefault(result => result.IsChosen);
        return [.. results.Select(result => kept is null || result == kept ? result : result with { AgainstChosen = PairedComparison.Of(Predictions(kept), Predictions(result)) })];

        MultilabelPredictions Predictions(CandidateResult result) => new([.. result.Probabilities], labels, [.. data.ClassNames], foldOfRow, groups);
    }

    private static double Area(ImageData data, ImageFold fold, int place)
    {
        int findings = data.ClassNames.Length;
        var areas = new List<double>();
        for (int finding = 0; finding < findings; finding++)
        {
            int[] own = Array.ConvertAll(fold.Rows, row => data.Labels[row][finding]);
            if (own.Distinct().Count() == 2)
            {
                areas.Add(Auroc.Of([.. Enumerable.Range(0, own.Length).Select(i => (double)fold.Margins[place][(i * findings) + finding])], own));
            }
        }

        return areas.Count > 0 ? areas.Average() : double.NaN;
    }
}
