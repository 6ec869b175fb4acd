using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>What the report says of each kind of model, by the outer folds.</summary>
internal static class GeneResults
{
    private const string Stack = "stack";

    /// <summary>Each kind, and where several count, their weighted mean.</summary>
    public static ImmutableArray<CandidateResult> Of(GeneData data, GeneChoice final, ImmutableArray<GeneFold> folds)
    {
        int[] rows = [.. folds.SelectMany(fold => fold.Rows)];
        int[] targets = Array.ConvertAll(rows, row => data.Classes[row]);
        int[] foldOfRow = [.. folds.SelectMany(fold => fold.Rows.Select(_ => fold.Fold))];
        int[] groups = Array.ConvertAll(rows, row => data.Groups[row]);
        bool isStack = final.Members.Count(member => member.Weight > 0) > 1;
        var results = final.Members.Select((member, place) => Result(
            data, member.Name, member.Fit.Setting, folds, fold => fold.Margins[place], targets, !isStack && member.Weight > 0, folds.Count(fold => Heaviest(fold.Model) == place)) with
        {
            SettingLosses = [.. member.Fit.Losses],
        }).ToList();
        if (isStack)
        {
            results.Add(Result(data, Stack, GeneModel.KindOf(final), folds, fold => fold.Joined, targets, true, folds.Count(fold => fold.Model.Members.Count(member => member.Weight > 0) > 1)) with
            {
                Shares = [.. GeneModel.Counting(final).Select(member => KeyValuePair.Create(member.Name, member.Weight))],
            });
        }

        var chosen = results.First(result => result.IsChosen);
        return [.. results.Select(result => result.IsChosen ? result : result with { AgainstChosen = Against(result) })];

        PairedComparison Against(CandidateResult result) => data.ClassNames.Length == 2
            ? PairedComparison.Of(Two(chosen), Two(result))
            : PairedComparison.Of(Several(chosen), Several(result));

        BinaryPredictions Two(CandidateResult result) => new([.. result.Probabilities.Where((_, i) => i % 2 == 1)], targets, foldOfRow, groups);

        MulticlassPredictions Several(CandidateResult result) => new([.. result.Probabilities], targets, [.. data.ClassNames], foldOfRow, groups);
    }

    private static int Heaviest(GeneChoice choice) => Array.IndexOf([.. choice.Members.Select(member => member.Weight)], choice.Members.Max(member => member.Weight));

    private static CandidateResult Result(
        GeneData data, string name, string setting, ImmutableArray<GeneFold> folds, Func<GeneFold, float[]> margins, int[] targets, bool isChosen, int timesChosen)
    {
        float[] all = [.. folds.SelectMany(margins)];
        var areas = new List<double>();
        foreach (var fold in folds)
        {
            int[] own = Array.ConvertAll(fold.Rows, row => data.Classes[row]);
            if (data.ClassNames.Length == 2 && own.Distinct().Count() == 2)
            {
                areas.Add(Auroc.Of(Array.ConvertAll(margins(fold), margin => (double)margin), own));
            }
        }

        return new CandidateResult(name, setting, PointwiseLoss.Mean(all, targets), areas.Count > 0 ? areas.Average() : double.NaN, isChosen, timesChosen, [])
        {
            Probabilities = [.. ClassProbabilities.Of(all, data.ClassNames.Length).SelectMany(own => own).Select(probability => (double)probability)],
        };
    }
}
