using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>What a fold file deals out: the rows of a table, or pictures.</summary>
/// <param name="Classes">Class of each.</param>
/// <param name="ClassNames">The classes' names.</param>
/// <param name="Patients">Patient of each as a number; null where that is not known.</param>
/// <param name="EqualRows">A number that equal ones share.</param>
/// <param name="Noun">What they are called, several of them.</param>
/// <param name="WhyUnused">Why some that a file lists may not be used.</param>
internal sealed record FoldedRows(int[] Classes, ImmutableArray<string> ClassNames, int[]? Patients, int[] EqualRows, string Noun, string WhyUnused)
{
    /// <summary>The rows of a table.</summary>
    public static FoldedRows Of(Dataset dataset) =>
        new([.. dataset.Target], dataset.ClassNames, dataset.Patients, dataset.DuplicateGroups, "rows", "their target is not known, or they are duplicates left out");
}
