using System.Globalization;

namespace MedTune.Data;

/// <summary>The distinct values of a column with their counts.</summary>
internal static class ColumnLevels
{
    /// <summary>The levels of a column on the kept rows, in order (numbers rising, texts ordinal). Levels of numbers have no text yet.</summary>
    /// <param name="census">The column's texts.</param>
    /// <param name="isMissing">For each code whether it counts as missing.</param>
    /// <param name="numbers">For each code its number; null when the column is taken as text.</param>
    public static List<LevelCount> Of(TextCensus census, bool[] isMissing, double[]? numbers)
    {
        int[] used = [.. Enumerable.Range(0, isMissing.Length).Where(code => census.Counts[code] > 0 && !isMissing[code])];
        if (numbers is not null)
        {
            return NumberLevels(Array.ConvertAll(used, code => numbers[code]), Array.ConvertAll(used, code => census.Counts[code]));
        }

        List<LevelCount> levels = [.. used.Select(code => new LevelCount(census.Column.TextOf(code), double.NaN, census.Counts[code]))];
        levels.Sort(TypedColumn.CompareLevels);
        return levels;
    }

    /// <summary>The level with its text.</summary>
    public static LevelCount WithText(LevelCount level) =>
        double.IsNaN(level.Number) ? level : level with { Level = level.Number.ToString("R", CultureInfo.InvariantCulture) };

    // Equal numbers that are written differently are one level. The text is only made where it is shown: there can be millions.
    private static List<LevelCount> NumberLevels(double[] numbers, int[] counts)
    {
        Array.Sort(numbers, counts);
        var levels = new List<LevelCount>();
        for (int i = 0; i < numbers.Length; i++)
        {
            bool isNew = i == 0 || numbers[i] != numbers[i - 1];
            if (isNew)
            {
                levels.Add(new LevelCount("", numbers[i], counts[i]));
            }
            else
            {
                levels[^1] = levels[^1] with { Count = levels[^1].Count + counts[i] };
            }
        }

        return levels;
    }
}
