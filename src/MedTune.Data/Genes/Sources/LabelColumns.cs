using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>What the table of labels says of the samples beside their label.</summary>
/// <param name="Rows">The row of each sample.</param>
/// <param name="FileRows">Rows of the table.</param>
/// <param name="Patients">The patient of each sample as a number; null where no column was named.</param>
/// <param name="Sites">Where each comes from; null where no column was named.</param>
/// <param name="Subgroups">Groups of people by columns whose names say so, and the sites.</param>
internal sealed record LabelColumns(ImmutableArray<int> Rows, int FileRows, int[]? Patients, ImmutableArray<string>? Sites, ImmutableArray<Subgrouping> Subgroups)
{
    // The 26 populations of the 1000 Genomes must fit.
    private const int MostGroups = 30;

    /// <summary>Columns that say where, when or on what samples were measured.</summary>
    public ImmutableArray<GeneBatch> Batches { get; init; } = [];

    /// <summary>Finds the samples again.</summary>
    /// <param name="path">The table.</param>
    /// <param name="options">Which columns.</param>
    /// <param name="target">The column of labels, which is no group.</param>
    /// <param name="samples">The samples in use.</param>
    /// <exception cref="DataException">A column is not there, or a sample has no patient.</exception>
    public static LabelColumns Read(string path, DatasetOptions options, string target, ImmutableArray<string> samples)
    {
        var table = TableReader.Read(path);
        var names = options.Genes.Sample is { } named ? table[named] : table.Find("sample") ?? table.Columns[0];
        var rowOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < table.RowCount; row++)
        {
            rowOf.TryAdd(names[row], row);
        }

        ImmutableArray<int> rows = [.. samples.Select(sample => rowOf[sample])];
        var grouped = table.Columns.Where(column => PersonName.IsGroup(column.Name) || PersonName.IsAncestry(column.Name) || column.Name == options.Site)
            .Where(column => column.Name != target && column != names)
            .Select(column => GroupsOf(column, rows)).OfType<Subgrouping>();
        return new LabelColumns(
            rows, table.RowCount, PatientsOf(path, table, options.Patient, rows), options.Site is { } site ? [.. rows.Select(row => table[site][row])] : null, [.. grouped])
        {
            Batches = BatchColumns.Of(table, options.Target, rows),
        };
    }

    /// <summary>The groups of a column; null where it has one only, or too many to show.</summary>
    private static Subgrouping? GroupsOf(TableColumn column, ImmutableArray<int> rows)
    {
        string?[] texts = [.. rows.Select(row => MissingMarkers.Default.Contains(column.Utf8Of(column.Codes[row])) ? null : column[row])];
        string[] groups = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return groups.Length is < 2 or > MostGroups
            ? null
            : new Subgrouping(column.Name, [.. groups], Array.ConvertAll(texts, text => text is null ? -1 : Array.BinarySearch(groups, text, StringComparer.Ordinal)));
    }

    private static int[]? PatientsOf(string path, Table table, string? column, ImmutableArray<int> rows)
    {
        if (column is null)
        {
            return null;
        }

        var cells = table[column];
        int without = rows.FirstOrDefault(row => cells[row].Length == 0, -1);
        if (without >= 0)
        {
            throw new DataException($"{Path.GetFileName(path)}: row {without + 1} has no patient in the column {cells.Name}: fill it in, or take the row out.");
        }

        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. rows.Select((row, i) => first.TryAdd(cells[row], i) ? i : first[cells[row]])];
    }
}
