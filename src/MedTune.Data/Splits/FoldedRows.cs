using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>What a fold file deals out: the rows of a table, or pictures.</summary>
/// <param name="IsOf">Whether a row is of a class, or has a finding, by their numbers.</param>
/// <param name="ClassNames">Names of the classes or findings.</param>
/// <param name="Patients">Patient of each as a number; null where that is not known.</param>
/// <param name="EqualRows">A number that equal ones share.</param>
/// <param name="Noun">What they are called, several of them.</param>
/// <param name="WhyUnused">Why some that a file lists may not be used.</param>
internal sealed record FoldedRows(Func<int, int, bool> IsOf, ImmutableArray<string> ClassNames, int[]? Patients, int[] EqualRows, string Noun, string WhyUnused)
{
    /// <summary>The rows of a table.</summary>
    public static FoldedRows Of(Dataset dataset) =>
        new((row, category) => dataset.Target[row] == category, dataset.ClassNames, dataset.Patients, dataset.DuplicateGroups, "rows", "their target is not known, or they are duplicates left out");
}
