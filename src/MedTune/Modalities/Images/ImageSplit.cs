using System.Globalization;
using MedTune.Data;

namespace MedTune.Modalities.Images;

/// <summary>Which pictures are learned from, which say when to stop and what to choose, and which are only judged.</summary>
/// <param name="Trained">Pictures to learn from.</param>
/// <param name="Checked">Pictures that fine-tuning is followed on, and that choose for the final model.</param>
/// <param name="Test">Pictures kept until the end; empty where there are none.</param>
/// <param name="Outer">Outer folds over the pictures of the first two.</param>
/// <param name="Words">What was done, for the log.</param>
internal sealed record ImageSplit(int[] Trained, int[] Checked, int[] Test, FoldAssignment Outer, string Words)
{
    private const int FewestGroups = 4;

    /// <summary>Whether the data themselves say what is tested on.</summary>
    public bool HasTestPart { get; private init; }

    /// <summary>The pictures of the final model.</summary>
    public int[] Learned => [.. Trained.Concat(Checked).Order()];

    /// <summary>Follows the folds that were given, or the parts that the data name, and draws what neither says.</summary>
    /// <exception cref="DataException">A class has too few independent patients to learn from.</exception>
    public static ImageSplit Of(Plan plan, ImageData data, FoldAssignment? given)
    {
        if (given is not null)
        {
            return Followed(plan, data, given);
        }

        int[] classes = [.. data.Classes];
        int[] groups = [.. data.Groups];
        int[] test = data.RowsOf("test");
        int[] kept = [.. Enumerable.Range(0, data.Rows).Except(test)];
        string words = string.Create(CultureInfo.InvariantCulture, $"{test.Length} pictures to test on, as the data say");
        if (test.Length == 0 && plan.SealedShare > 0)
        {
            (kept, test) = Splits.SealedPart(classes, groups, plan.SealedShare, plan.Seed);
            words = string.Create(CultureInfo.InvariantCulture, $"{test.Length} pictures sealed");
        }

        int folds = FoldCount(plan, data, kept);
        var outer = Splits.KFold(classes, groups, folds, plan.Seed, kept);
        int[] val = data.RowsOf("val");
        var (trained, inner) = val.Length > 0 ? ([.. kept.Except(val)], val) : Inner(plan, classes, groups, kept, plan.Seed);
        words += string.Create(CultureInfo.InvariantCulture, $"; {trained.Length} to learn from and {inner.Length} to check on, in {folds} folds");
        return new ImageSplit(trained, inner, test, outer, words) { HasTestPart = data.RowsOf("test").Length > 0 };
    }

    // Nothing is kept for the end; every picture is learned from, also those that no fold lists.
    private static ImageSplit Followed(Plan plan, ImageData data, FoldAssignment given)
    {
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        _ = FoldCount(plan, data, all);
        var (trained, inner) = Within(plan, data, all, plan.Seed);
        return new ImageSplit(trained, inner, [], given, string.Create(CultureInfo.InvariantCulture,
            $"{given.Folds} folds as given; nothing sealed; {trained.Length} to learn from and {inner.Length} to check on"));
    }

    /// <summary>The pictures of some that fine-tuning learns from, and those it is followed on.</summary>
    public static (int[] Trained, int[] Checked) Within(Plan plan, ImageData data, int[] rows, ulong seed) => Inner(plan, [.. data.Classes], [.. data.Groups], rows, seed);

    private static (int[] Trained, int[] Checked) Inner(Plan plan, int[] classes, int[] groups, int[] rows, ulong seed) =>
        Splits.Holdout(classes, groups, plan.Images!.CheckedShare, seed, rows);

    private static int FoldCount(Plan plan, ImageData data, int[] rows)
    {
        int fewest = int.MaxValue;
        for (int k = 0; k < data.ClassNames.Length; k++)
        {
            int groups = rows.Where(row => data.Is(row, k)).Select(row => data.Groups[row]).Distinct().Count();
            if (groups < FewestGroups)
            {
                throw new DataException(string.Create(CultureInfo.InvariantCulture,
                    $"{(data.HasFindings ? "Finding" : "Class")} '{data.ClassNames[k]}' has pictures of only {groups} independent {(groups == 1 ? "patient" : "patients")} to train on; at least {FewestGroups} are needed. Collect more, or join classes in the manifest."));
            }

            fewest = Math.Min(fewest, groups);
        }

        return Math.Clamp(fewest / 2, 2, plan.Folds);
    }
}
