namespace MedTune.Data;

/// <summary>A column with its kind decided: for each code of its texts the number, or whether it is missing.</summary>
/// <param name="Column">The column as read.</param>
/// <param name="Profile">What it holds; the role is set later.</param>
/// <param name="IsMissing">For each code whether it counts as missing.</param>
/// <param name="Numbers">For each code its number (NaN where missing or no number); null when the column is taken as text.</param>
/// <param name="Findings">What was found and done.</param>
internal sealed record TypedColumn(
    TableColumn Column,
    ColumnProfile Profile,
    bool[] IsMissing,
    double[]? Numbers,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>The levels' order: by number where they are numbers, else by ordinal comparison.</summary>
    public static int CompareLevels(LevelCount a, LevelCount b) =>
        double.IsNaN(a.Number) || double.IsNaN(b.Number) ? string.CompareOrdinal(a.Level, b.Level) : a.Number.CompareTo(b.Number);
}
