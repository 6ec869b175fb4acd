using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Columns of a table of labels that say where, when or on what samples were measured.</summary>
internal static class BatchColumns
{
    private static readonly string[] Words =
        ["batch", "plate", "platform", "array", "chip", "site", "center", "centre", "hospital", "institution", "lab", "laboratory", "run", "lane", "flowcell", "instrument", "scanner", "sequencer", "protocol", "cohort", "study"];

    /// <summary>Whether a name says so: one of its words is such a word.</summary>
    public static bool IsBatch(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] words = name.ToLowerInvariant().Split([' ', '_', '-', '.', '/'], StringSplitOptions.RemoveEmptyEntries);
        return words.Any(word => Words.Contains(word, StringComparer.Ordinal));
    }

    /// <summary>The columns of a table that hold 2 batches or more, each of 2 samples or more.</summary>
    /// <param name="table">The table of labels.</param>
    /// <param name="target">The column of labels, which is none.</param>
    /// <param name="rows">The rows of the samples in use.</param>
    public static ImmutableArray<GeneBatch> Of(Table table, string? target, ImmutableArray<int> rows)
    {
        var found = ImmutableArray.CreateBuilder<GeneBatch>();
        foreach (var column in table.Columns.Where(column => column.Name != target && IsBatch(column.Name)))
        {
            ImmutableArray<string> values = [.. rows.Select(row => column[row])];
            int[] sizes = [.. values.Where(value => value.Length > 0).GroupBy(value => value, StringComparer.Ordinal).Select(group => group.Count())];
            if (sizes.Length >= 2 && sizes.Count(size => size >= 2) >= 2 && sizes.Length <= rows.Length / 2)
            {
                found.Add(new GeneBatch(column.Name, values));
            }
        }

        return found.ToImmutable();
    }
}
