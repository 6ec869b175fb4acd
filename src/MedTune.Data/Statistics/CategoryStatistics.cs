using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data;

/// <summary>Which levels a column has on given rows, and how often.</summary>
/// <param name="Levels">Levels with at least one row, in the column's order (numbers rising, texts ordinal).</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Count">Rows with a value.</param>
public sealed record CategoryStatistics(ImmutableArray<LevelCount> Levels, int Missing, int Count)
{
    /// <summary>Measures a column of texts on given rows only.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">Rows of the dataset, from 0.</param>
    public static CategoryStatistics Measure(CategoryColumn column, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(column);
        var counts = new int[column.Levels.Length];
        int missing = 0;
        foreach (int row in rows)
        {
            int code = column.Codes[row];
            if (code < 0)
            {
                missing++;
            }
            else
            {
                counts[code]++;
            }
        }

        IEnumerable<LevelCount> levels = column.Levels.Select((level, i) => new LevelCount(level, double.NaN, counts[i]));
        return new CategoryStatistics([.. levels.Where(level => level.Count > 0)], missing, rows.Length - missing);
    }

    /// <summary>Measures a column of numeric codes on given rows only.</summary>
    /// <param name="column">The column; its distinct numbers are the levels.</param>
    /// <param name="rows">Rows of the dataset, from 0.</param>
    public static CategoryStatistics Measure(NumberColumn column, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(column);
        var counts = new SortedDictionary<double, int>();
        int missing = 0;
        foreach (int row in rows)
        {
            double value = column.Values[row];
            if (double.IsNaN(value))
            {
                missing++;
            }
            else
            {
                counts[value] = counts.GetValueOrDefault(value) + 1;
            }
        }

        return new CategoryStatistics(
            [.. counts.Select(pair => new LevelCount(pair.Key.ToString("R", CultureInfo.InvariantCulture), pair.Key, pair.Value))],
            missing,
            rows.Length - missing);
    }
}
