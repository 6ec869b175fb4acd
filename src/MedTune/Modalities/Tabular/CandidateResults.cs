using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>What the report says of each candidate.</summary>
internal static class CandidateResults
{
    public static ImmutableArray<CandidateResult> Of(ImmutableArray<Candidate> candidates, TabularData data, NestedValidationResult result) =>
        CandidateComparisons.Against(candidates.Select((candidate, index) => Of(candidates, index, data, result)), data, result);

    private static CandidateResult Of(ImmutableArray<Candidate> candidates, int index, TabularData data, NestedValidationResult result)
    {
        var candidate = candidates[index];
        var margins = new List<float>();
        var classes = new List<int>();
        var areas = new List<double>();
        foreach (var fold in result.Folds)
        {
            int[] own = [.. fold.Rows.Select(row => data.Classes[row])];
            margins.AddRange(fold.CandidateMargins[index]);
            classes.AddRange(own);
            if (data.ClassCount == 2 && own.Distinct().Count() == 2)
            {
                areas.Add(Auroc.Of(Array.ConvertAll(fold.CandidateMargins[index], margin => (double)margin), own));
            }
        }

        var final = result.Final.Scores[index];
        return new CandidateResult(
            candidate.Name,
            candidate.Settings[final.Setting],
            PointwiseLoss.Mean([.. margins], [.. classes]),
            areas.Count > 0 ? areas.Average() : double.NaN,
            result.Final.Score.Candidate == index,
            result.Folds.Count(fold => fold.Choice.Score.Candidate == index),
            [.. candidate.Settings.Zip(final.SettingLosses, KeyValuePair.Create)])
        {
            Shares = [.. final.Weights.Select((weight, member) => KeyValuePair.Create(candidates[member].Name, weight)).Where(share => share.Value > 0)],
            Tried = SettingTrail.Of(candidate, index, result),
            Probabilities = CandidateComparisons.Probabilities([.. margins], data.ClassCount),
        };
    }
}
