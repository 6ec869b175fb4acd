using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>What to say about a column name that is not there: the nearest names, or all of them when they are few.</summary>
internal static class NameSuggestions
{
    private const int Shown = 3;
    private const int Few = 12;

    /// <summary>The sentence for a column that does not exist.</summary>
    public static string UnknownColumn(string name, ImmutableArray<string> columns)
    {
        ImmutableArray<string> near = Nearest(name, columns);
        if (near.Length > 0)
        {
            return $"There is no column '{name}': did you mean {Join(near)}?";
        }

        string rest = columns.Length > Few ? $" and {columns.Length - Few} more" : "";
        return $"There is no column '{name}'; the columns are {string.Join(", ", columns.Take(Few).Select(c => $"'{c}'"))}{rest}.";
    }

    private static string Join(ImmutableArray<string> names) => names.Length == 1
        ? $"'{names[0]}'"
        : string.Join(", ", names[..^1].Select(n => $"'{n}'")) + $" or '{names[^1]}'";

    private static ImmutableArray<string> Nearest(string name, ImmutableArray<string> columns)
    {
        string wanted = Simplify(name);
        if (wanted.Length == 0)
        {
            return [];
        }

        int limit = Math.Max(1, wanted.Length / 3);
        return [.. columns
            .Select((column, index) => (column, index, Distance: Distance(wanted, Simplify(column))))
            .Where(c => c.Distance <= limit)
            .OrderBy(c => c.Distance).ThenBy(c => c.index)
            .Take(Shown)
            .Select(c => c.column)];
    }

    private static string Simplify(string name) =>
        string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit));

    // A name inside the other counts as one step; else the steps of Levenshtein (insert, delete, replace).
    private static int Distance(string a, string b)
    {
        if (a == b)
        {
            return 0;
        }

        if (Math.Min(a.Length, b.Length) >= 3 && (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal)))
        {
            return 1;
        }

        if (Math.Abs(a.Length - b.Length) > Math.Max(1, a.Length / 3))
        {
            return int.MaxValue;
        }

        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, 1 + Math.Min(previous[j], current[j - 1]));
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
