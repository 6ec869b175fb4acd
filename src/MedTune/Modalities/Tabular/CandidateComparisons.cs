using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune.Modalities.Tabular;

/// <summary>Holds every candidate against the chosen one on the rows both predicted out of fold.</summary>
internal static class CandidateComparisons
{
    /// <summary>One probability per class and row.</summary>
    public static ImmutableArray<double> Probabilities(ReadOnlySpan<float> margins, int classes) =>
        [.. ClassProbabilities.Of(margins, classes).SelectMany(row => row).Select(probability => (double)probability)];

    /// <summary>The candidates with their differences from the chosen one.</summary>
    public static ImmutableArray<CandidateResult> Against(IEnumerable<CandidateResult> candidates, TabularData data, NestedValidationResult result)
    {
        ImmutableArray<CandidateResult> all = [.. candidates];
        if (all.FirstOrDefault(candidate => candidate.IsChosen) is not { } chosen)
        {
            return all;
        }

        int[] rows = [.. result.Folds.SelectMany(fold => fold.Rows)];
        int[] targets = Array.ConvertAll(rows, row => data.Classes[row]);
        int[] folds = [.. result.Folds.SelectMany(fold => fold.Rows.Select(_ => fold.Fold))];
        int[]? groups = data.Dataset.Patients is { } patients ? Array.ConvertAll(rows, row => patients[row]) : null;
        return
        [
            .. all.Select(candidate => ReferenceEquals(candidate, chosen)
                ? candidate
                : candidate with
                {
                    AgainstChosen = data.ClassCount == 2
                        ? PairedComparison.Of(Two(chosen), Two(candidate))
                        : PairedComparison.Of(Several(chosen), Several(candidate)),
                }),
        ];

        BinaryPredictions Two(CandidateResult candidate) =>
            new([.. candidate.Probabilities.Where((_, i) => i % 2 == 1)], targets, folds, groups);

        MulticlassPredictions Several(CandidateResult candidate) =>
            new([.. candidate.Probabilities], targets, [.. data.ClassNames], folds, groups);
    }
}
