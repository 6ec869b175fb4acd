using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>Which named group each row belongs to.</summary>
internal static class RowGroups
{
    /// <summary>Refuses groups that are not one per row, or that have no name.</summary>
    public static void Check(int[]? groupOfRow, int rows, int names)
    {
        if (groupOfRow is null)
        {
            return;
        }
        RowChecks.Same("groups", groupOfRow.Length, rows);
        int row = Array.FindIndex(groupOfRow, group => group < -1 || group >= names);
        if (row >= 0)
        {
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"Row {row} (counted from 0) is in no known group: groups are numbered 0 to {names - 1}, and -1 stands for none."));
        }
    }

    /// <summary>The rows of one group.</summary>
    public static int[] Rows(int[] groupOfRow, int group) => [.. Enumerable.Range(0, groupOfRow.Length).Where(row => groupOfRow[row] == group)];
}
