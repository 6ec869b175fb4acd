using System.Globalization;
using MedTune.Data;

namespace MedTune.Cli.Options;

/// <summary>Chooses rows of a table by <c>--id</c>: a 0-based data row, or <c>COL=VALUE</c>.</summary>
internal static class RowSelection
{
    /// <summary>At most so many rows, spread evenly over the table.</summary>
    public static IReadOnlyList<int> Spread(Table table, int most)
    {
        int count = Math.Min(most, table.RowCount);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * table.RowCount / count))];
    }

    /// <exception cref="DataException">There is no such row or column.</exception>
    public static IReadOnlyList<int> Find(string id, Table table)
    {
        if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int row))
        {
            return row < table.RowCount
                ? [row]
                : throw new DataException($"--id {row}: the table has {table.RowCount} data rows, numbered from 0 to {table.RowCount - 1}.");
        }

        // The longest column name that ends before a "=" wins, as names may hold the sign themselves.
        TableColumn column = table.Columns
            .Where(candidate => id.StartsWith(candidate.Name + "=", StringComparison.Ordinal))
            .MaxBy(candidate => candidate.Name.Length)
            ?? (id.Split('=') is [var named, _, ..]
                ? table[named]
                : throw new DataException("--id needs a data row such as 17, or a column and its value such as mrn=4711."));
        string value = id[(column.Name.Length + 1)..];
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(candidate => column[candidate] == value)];
        return rows.Length > 0 ? rows : throw new DataException($"No row has the value of --id in the column '{column.Name}'.");
    }
}
