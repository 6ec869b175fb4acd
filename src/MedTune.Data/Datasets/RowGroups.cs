namespace MedTune.Data;

/// <summary>Unites rows that must stay together (one patient, or equal rows).</summary>
internal static class RowGroups
{
    /// <summary>The finest grouping that keeps every group of both inputs whole, numbered by first appearance.</summary>
    /// <param name="first">Group number of each row.</param>
    /// <param name="second">Another group number of each row, or null.</param>
    public static int[] Union(int[] first, int[]? second)
    {
        if (second is null)
        {
            return Renumber(first);
        }

        var parents = new int[first.Length];
        for (int row = 0; row < parents.Length; row++)
        {
            parents[row] = row;
        }

        Join(parents, first);
        Join(parents, second);
        for (int row = 0; row < parents.Length; row++)
        {
            parents[row] = Root(parents, row);
        }

        return Renumber(parents);
    }

    /// <summary>The same groups with numbers 0, 1, 2 ... in the order of first appearance.</summary>
    public static int[] Renumber(ReadOnlySpan<int> groups)
    {
        var numbers = new Dictionary<int, int>();
        var result = new int[groups.Length];
        for (int row = 0; row < result.Length; row++)
        {
            if (!numbers.TryGetValue(groups[row], out int number))
            {
                number = numbers.Count;
                numbers.Add(groups[row], number);
            }

            result[row] = number;
        }

        return result;
    }

    private static void Join(int[] parents, int[] groups)
    {
        var first = new Dictionary<int, int>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (!first.TryAdd(groups[row], row))
            {
                int a = Root(parents, first[groups[row]]);
                int b = Root(parents, row);
                parents[Math.Max(a, b)] = Math.Min(a, b);
            }
        }
    }

    private static int Root(int[] parents, int row)
    {
        while (parents[row] != row)
        {
            parents[row] = parents[parents[row]];
            row = parents[row];
        }

        return row;
    }
}
