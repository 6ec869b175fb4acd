using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>The rows of every column of a baseline table: all, then each group of each split.</summary>
/// <param name="Rows">Rows of the dataset by place in the table.</param>
/// <param name="Splits">The places of the groups of each split.</param>
internal sealed record BaselineGroups(ImmutableArray<int[]> Rows, ImmutableArray<int[]> Splits)
{
    public static BaselineGroups Of(int count, ImmutableArray<BaselineSplit> splits)
    {
        var rows = ImmutableArray.CreateBuilder<int[]>();
        var places = ImmutableArray.CreateBuilder<int[]>();
        rows.Add([.. Enumerable.Range(0, count)]);
        foreach (var split in splits)
        {
            places.Add([.. Enumerable.Range(rows.Count, split.Groups.Length)]);
            for (int group = 0; group < split.Groups.Length; group++)
            {
                rows.Add([.. rows[0].Where(row => split.GroupOfRow[row] == group)]);
            }
        }

        return new BaselineGroups(rows.ToImmutable(), places.ToImmutable());
    }
}
