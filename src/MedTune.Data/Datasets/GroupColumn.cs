using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace MedTune.Data;

/// <summary>A column that says which rows belong together: patients (perhaps by a pattern on the column) or sites.</summary>
internal sealed class GroupColumn
{
    private GroupColumn(TableColumn column, Regex? pattern)
    {
        Column = column;
        Pattern = pattern;
    }

    /// <summary>The column.</summary>
    public TableColumn Column { get; }

    /// <summary>The pattern whose first capture is the group, or null for the whole text.</summary>
    public Regex? Pattern { get; }

    /// <summary>Reads <c>COL</c> or <c>COL:REGEX</c>: an exact column name wins, else the longest column name before a colon.</summary>
    /// <exception cref="DataException">There is no such column, or the pattern cannot be read.</exception>
    public static GroupColumn Parse(string text, Table table)
    {
        if (table.Find(text) is { } exact)
        {
            return new GroupColumn(exact, null);
        }

        TableColumn? column = table.Columns
            .Where(candidate => text.StartsWith(candidate.Name + ":", StringComparison.Ordinal))
            .MaxBy(candidate => candidate.Name.Length);
        if (column is null)
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            throw new DataException(NameSuggestions.UnknownColumn(colon > 0 ? text[..colon] : text, table.ColumnNames));
        }

        return new GroupColumn(column, UserRegex.Compile(text[(column.Name.Length + 1)..]));
    }

    /// <summary>For each kept row its group, numbered by first appearance; -1 where the cell is missing. Texts that the pattern does not match stand for themselves.</summary>
    /// <param name="rows">The kept rows.</param>
    /// <param name="missing">What counts as missing.</param>
    /// <param name="names">The group's texts in the order of their numbers.</param>
    /// <param name="unmatched">Rows whose text the pattern does not match.</param>
    public int[] GroupsOf(ReadOnlySpan<int> rows, MissingMarkers missing, out ImmutableArray<string> names, out int unmatched)
    {
        ReadOnlySpan<int> codes = Column.Codes;
        var groupOfCode = new int[Column.Distinct];
        Array.Fill(groupOfCode, int.MinValue);
        var isUnmatched = new bool[Column.Distinct];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = new int[rows.Length];
        unmatched = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            int code = codes[rows[i]];
            if (groupOfCode[code] == int.MinValue)
            {
                groupOfCode[code] = missing.Contains(Column.Utf8Of(code)) ? -1 : NumberOf(Column.TextOf(code), numbers, out isUnmatched[code]);
            }

            groups[i] = groupOfCode[code];
            unmatched += isUnmatched[code] ? 1 : 0;
        }

        names = [.. numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        return groups;
    }

    private int NumberOf(string text, Dictionary<string, int> numbers, out bool isUnmatched)
    {
        isUnmatched = false;
        string group = text;
        if (Pattern is not null)
        {
            Match match = UserRegex.Match(Pattern, text);
            isUnmatched = !match.Success;
            group = !match.Success ? text : match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
        }

        if (!numbers.TryGetValue(group, out int number))
        {
            number = numbers.Count;
            numbers.Add(group, number);
        }

        return number;
    }
}
