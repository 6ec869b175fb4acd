using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Decides which side of a matrix the samples are on, and lays it out with a row for each sample.</summary>
internal static class MatrixSides
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Decides by the samples that the labels name.</summary>
    /// <exception cref="DataException">Neither side names any, or both do.</exception>
    public static MatrixOrientation Decide(MatrixContent matrix, MatrixOrientation stated, HashSet<string> samples, string where, string labelsWhere, List<Finding> findings)
    {
        if (stated != MatrixOrientation.ByLabels)
        {
            return stated;
        }

        (int inRows, int inColumns) = (matrix.Rows.Count(samples.Contains), matrix.Columns.Count(samples.Contains));
        if (inRows == 0 && inColumns == 0)
        {
            throw new DataException($"{where}: neither its rows nor its columns are called as any of the {samples.Count} samples of {labelsWhere}: check that both name samples in the same way.");
        }

        if (inRows > 0 && inColumns > 0)
        {
            throw new DataException($"{where}: {inRows} rows and {inColumns} columns are called as samples of {labelsWhere}, so it is not clear where the samples are: say so with --samples-in rows or --samples-in columns.");
        }

        bool areRows = inRows > 0;
        findings.Add(new Finding(GeneFindingCodes.Orientation, FindingSeverity.Note, null, areRows ? inRows : inColumns,
            $"{where}: has its samples in {(areRows ? "rows" : "columns")}, as {(areRows ? inRows : inColumns)} names of {labelsWhere} show.", "Read that way; --samples-in says otherwise."));
        return areRows ? MatrixOrientation.SamplesInRows : MatrixOrientation.SamplesInColumns;
    }

    /// <summary>Lays the chosen samples out, a row for each.</summary>
    /// <exception cref="DataException">A sample is there twice with different values.</exception>
    public static ExpressionMatrix Arrange(MatrixContent matrix, bool areRows, ImmutableArray<string> samples, string where, List<Finding> findings)
    {
        var measured = areRows ? matrix.Rows : matrix.Columns;
        var genes = UniqueGenes(areRows ? matrix.Columns : matrix.Rows, where, findings);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        int repeated = 0;
        for (int i = 0; i < measured.Length; i++)
        {
            if (!places.TryAdd(measured[i], i))
            {
                repeated++;
                CheckSame(matrix, areRows, places[measured[i]], i, where);
            }
        }

        if (repeated > 0)
        {
            findings.Add(new Finding(GeneFindingCodes.RepeatedSamples, FindingSeverity.Warning, null, repeated,
                $"{where}: {repeated} {(areRows ? "rows" : "columns")} repeat a sample with the same values.", "Kept each sample once."));
        }

        float[] values = new float[(long)samples.Length * genes.Length];
        int[] chosen = [.. samples.Select(sample => places[sample])];
        for (int gene = 0; !areRows && gene < genes.Length; gene++)
        {
            float[] row = matrix.Values[gene];
            for (int sample = 0; sample < chosen.Length; sample++)
            {
                values[((long)sample * genes.Length) + gene] = row[chosen[sample]];
            }

            matrix.Values[gene] = []; // its memory is free from here on
        }

        for (int sample = 0; areRows && sample < chosen.Length; sample++)
        {
            matrix.Values[chosen[sample]].CopyTo(values, sample * genes.Length);
        }

        return new ExpressionMatrix(samples, genes, values);
    }

    private static void CheckSame(MatrixContent matrix, bool areRows, int first, int second, string where)
    {
        bool isSame = areRows
            ? matrix.Values[first].AsSpan().SequenceEqual(matrix.Values[second])
            : matrix.Values.All(row => row[first].Equals(row[second]));
        if (!isSame)
        {
            throw new DataException($"{where}: the {(areRows ? "rows" : "columns")} {first + 1} and {second + 1} of numbers are called alike but differ: take one out, or give them names of their own.");
        }
    }

    private static ImmutableArray<string> UniqueGenes(ImmutableArray<string> names, string where, List<Finding> findings)
    {
        var seen = new HashSet<string>(names.Length, StringComparer.Ordinal);
        var taken = new HashSet<string>(names, StringComparer.Ordinal);
        var unique = ImmutableArray.CreateBuilder<string>(names.Length);
        int repeated = 0;
        foreach (string name in names)
        {
            string own = name;
            for (int n = 2; (own != name && taken.Contains(own)) || !seen.Add(own); n++)
            {
                own = $"{name}.{n}";
            }

            repeated += own == name ? 0 : 1;
            unique.Add(own);
        }

        Tell(GeneFindingCodes.RepeatedGenes, FindingSeverity.Warning, repeated, "are called as one before", "Kept, with a number behind the name; averaging them before may be better.");
        Tell(GeneFindingCodes.ControlProbes, FindingSeverity.Note, names.Count(name => name.StartsWith("AFFX-", StringComparison.Ordinal)), "are controls of the platform (AFFX-), not genes", "Kept; take them out if they must not be chosen.");
        Tell(GeneFindingCodes.DamagedGeneNames, FindingSeverity.Warning, names.Count(IsDate), "are called as a date, as spreadsheets do to genes such as SEPT2 and MARCH1", "Kept; take the names from the source.");
        return unique.ToImmutable();

        void Tell(string code, FindingSeverity severity, int count, string what, string action)
        {
            if (count > 0)
            {
                findings.Add(new Finding(code, severity, null, count, $"{where}: {count} of {names.Length} genes {what}.", action));
            }
        }
    }

    private static bool IsDate(string name)
    {
        string[] parts = name.Split('-');
        return parts.Length == 2 && ((IsDay(parts[0]) && Months.Contains(parts[1])) || (Months.Contains(parts[0]) && IsDay(parts[1])));
    }

    private static bool IsDay(string text) => text.Length is 1 or 2 && text.All(char.IsAsciiDigit);
}
