using System.Globalization;
using MedTune.Data;

namespace MedTune.Modalities.Genes;

/// <summary>Which samples are learned from and which are only judged.</summary>
/// <param name="Learned">Samples of the final model.</param>
/// <param name="Test">Samples kept until the end; empty where there are none.</param>
/// <param name="Outer">Outer folds over those that are learned from.</param>
/// <param name="Words">What was done, for the log.</param>
internal sealed record GeneSplit(int[] Learned, int[] Test, FoldAssignment Outer, string Words)
{
    private const int FewestGroups = 4;

    /// <summary>Follows the folds that were given, or seals a part and deals the rest to folds.</summary>
    /// <exception cref="DataException">A class has too few independent samples to learn from.</exception>
    public static GeneSplit Of(Plan plan, GeneData data, FoldAssignment? given)
    {
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        if (given is not null)
        {
            _ = FoldCount(plan, data, all);
            return new GeneSplit(all, [], given, string.Create(CultureInfo.InvariantCulture, $"{given.Folds} folds as given; nothing sealed"));
        }

        int[] classes = [.. data.Classes], groups = [.. data.Groups], kept = all, test = [];
        if (plan.SealedShare > 0)
        {
            (kept, test) = Splits.SealedPart(classes, groups, plan.SealedShare, plan.Seed);
        }

        int folds = FoldCount(plan, data, kept);
        return new GeneSplit(kept, test, Splits.KFold(classes, groups, folds, plan.Seed, kept), string.Create(CultureInfo.InvariantCulture, $"{test.Length} samples sealed, {kept.Length} in {folds} folds"));
    }

    /// <summary>Folds of some samples by which candidates choose; never more than the rarest class has groups.</summary>
    public static FoldAssignment Inner(Plan plan, GeneData data, int[] rows, ulong seed) =>
        Splits.KFold([.. data.Classes], [.. data.Groups], Math.Clamp(Fewest(data, rows).Groups, 2, plan.InnerFolds), seed, rows);

    private static int FoldCount(Plan plan, GeneData data, int[] rows)
    {
        var (label, groups) = Fewest(data, rows);
        return groups >= FewestGroups
            ? Math.Clamp(groups / 2, 2, plan.Folds)
            : throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"Class '{data.ClassNames[label]}' has only {groups} independent {(groups == 1 ? "sample" : "samples")} to train on (copies and alike ones count once); at least {FewestGroups} are needed. Collect more, or join classes."));
    }

    private static (int Label, int Groups) Fewest(GeneData data, int[] rows) => Enumerable.Range(0, data.ClassNames.Length)
        .Select(label => (Label: label, Groups: rows.Where(row => data.Classes[row] == label).Select(row => data.Groups[row]).Distinct().Count()))
        .MinBy(found => found.Groups);
}
