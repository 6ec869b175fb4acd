namespace MedTune.Reports;

/// <summary>How many rows of each class were given each answer.</summary>
/// <param name="ClassNames">The classes; with two classes the positive one is last.</param>
/// <param name="Counts">One list for each true class, holding the rows given each class as the answer.</param>
public sealed record ConfusionCounts(IReadOnlyList<string> ClassNames, IReadOnlyList<IReadOnlyList<int>> Counts)
{
    /// <summary>The counts of a task of two classes.</summary>
    /// <param name="negativeName">The class without the outcome.</param>
    /// <param name="positiveName">The class with the outcome.</param>
    /// <param name="trueNegatives">Without the outcome and not flagged.</param>
    /// <param name="falsePositives">Without the outcome but flagged.</param>
    /// <param name="falseNegatives">With the outcome but not flagged.</param>
    /// <param name="truePositives">With the outcome and flagged.</param>
    public static ConfusionCounts OfTwo(
        string negativeName, string positiveName, int trueNegatives, int falsePositives, int falseNegatives, int truePositives) =>
        new([negativeName, positiveName], [[trueNegatives, falsePositives], [falseNegatives, truePositives]]);
}
