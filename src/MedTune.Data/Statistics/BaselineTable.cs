using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>The columns of a dataset by groups of its rows: the first table of a clinical paper.</summary>
/// <remarks>
/// Inputs of the model only: no identifiers, dates or free text. Counts from 1 to 4 are not shown, nor others they would follow from; figures of
/// fewer than 10 rows are not shown either.
/// </remarks>
/// <param name="Splits">What the rows are parted by.</param>
/// <param name="Sizes">Rows in all, then in each group of each split.</param>
/// <param name="Columns">The columns in the order of the file.</param>
/// <param name="Unlisted">Columns left out because there are too many: those whose groups differ least.</param>
public sealed record BaselineTable(
    ImmutableArray<BaselineSplit> Splits, ImmutableArray<int> Sizes, ImmutableArray<BaselineColumn> Columns, int Unlisted)
{
    /// <summary>The most columns listed.</summary>
    public const int MostColumns = 60;

    /// <summary>Measures the inputs of a dataset.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="splits">What they are parted by.</param>
    public static BaselineTable Measure(Dataset dataset, ImmutableArray<BaselineSplit> splits)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var groups = BaselineGroups.Of(dataset.RowCount, splits);
        BaselineColumn[] columns = [.. dataset.Features.Select(feature => BaselineMeasurement.Of(feature, groups))];
        HashSet<int> kept =
        [
            .. Enumerable.Range(0, columns.Length)
                .OrderByDescending(i => columns[i].Differences.IsEmpty || double.IsNaN(columns[i].Differences[0]) ? -1 : columns[i].Differences[0])
                .ThenBy(i => i)
                .Take(MostColumns),
        ];
        return new BaselineTable(
            splits,
            [.. groups.Rows.Select(rows => rows.Length)],
            [.. columns.Where((_, i) => kept.Contains(i))],
            columns.Length - kept.Count);
    }
}
