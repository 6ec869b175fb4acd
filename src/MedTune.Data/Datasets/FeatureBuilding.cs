namespace MedTune.Data;

/// <summary>Turns typed columns into features over the kept rows.</summary>
internal static class FeatureBuilding
{
    /// <summary>The feature of a column: numbers where its texts are numbers, else levels.</summary>
    public static FeatureColumn Build(TypedColumn typed, ColumnProfile profile, ReadOnlySpan<int> rows)
    {
        if (typed.Numbers is null)
        {
            return Levels(typed, profile, rows);
        }

        ReadOnlySpan<int> codes = typed.Column.Codes;
        var values = new double[rows.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = typed.Numbers[codes[rows[i]]];
        }

        return new NumberColumn(profile, values, isCategory: profile.Kind == ColumnKind.Category);
    }

    private static CategoryColumn Levels(TypedColumn typed, ColumnProfile profile, ReadOnlySpan<int> rows)
    {
        TableColumn column = typed.Column;
        ReadOnlySpan<int> codes = column.Codes;
        var isUsed = new bool[column.Distinct];
        foreach (int row in rows)
        {
            isUsed[codes[row]] = true;
        }

        var used = new List<(string Level, int Code)>();
        for (int code = 0; code < isUsed.Length; code++)
        {
            if (isUsed[code] && !typed.IsMissing[code])
            {
                used.Add((column.TextOf(code), code));
            }
        }

        used.Sort((a, b) => string.CompareOrdinal(a.Level, b.Level));
        var position = new int[column.Distinct];
        Array.Fill(position, -1);
        for (int i = 0; i < used.Count; i++)
        {
            position[used[i].Code] = i;
        }

        var result = new int[rows.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = position[codes[rows[i]]];
        }

        return new CategoryColumn(profile, result, [.. used.Select(level => level.Level)]);
    }
}
