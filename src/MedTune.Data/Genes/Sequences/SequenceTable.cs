namespace MedTune.Data.Genes;

/// <summary>A table of sequences: a column of letters or of overlapping k-mers, and one of labels.</summary>
internal static class SequenceTable
{
    internal static readonly string[] SequenceNames = ["sequence", "seq", "Sequence"];
    private static readonly string[] IdNames = ["id", "name", "sample"];

    public static SequenceSet Open(string path, SequenceSetOptions options)
    {
        string where = Path.GetFileName(path);
        var table = TableReader.Read(path);
        var letters = LettersOf(table, options.Sequence, where);
        var labels = table.Find(options.Target ?? "label")
            ?? throw new DataException($"{where}: has no column {options.Target ?? "label"}; say with --target which column holds the labels ({string.Join(", ", table.ColumnNames.Take(20))}).");
        var names = IdNames.Select(table.Find).FirstOrDefault(column => column is not null && column != labels && column != letters);
        bool isKmers = table.RowCount > 0 && KmerText.IsKmers(letters[0]);
        var collected = new SequenceCollection(options);
        for (int row = 0; row < table.RowCount; row++)
        {
            string place = $"{where}: row {row + 1}";
            if (labels[row].Length == 0)
            {
                throw new DataException($"{place} has no label in the column {labels.Name}: fill it in, or take the row out.");
            }

            string text = isKmers && letters[row].Length > 0 ? KmerText.Join(letters[row], place) : letters[row];
            collected.AddChecked(names?[row] ?? "", text, labels[row], place);
        }

        if (isKmers)
        {
            collected.Findings.Add(new Finding(GeneFindingCodes.Kmers, FindingSeverity.Note, letters.Name, table.RowCount,
                "The sequences are written as overlapping k-mers.", "Joined them to sequences again; each k-mer continues the one before."));
        }

        collected.Findings.AddRange(table.Findings);
        return collected.Build(where, labels.Name, null);
    }

    /// <summary>Reads the names and letters of a table whose labels do not matter.</summary>
    /// <exception cref="DataException">There is no column of sequences, or one holds something else.</exception>
    public static (string[] Names, string[] Letters) ReadLetters(string path)
    {
        string where = Path.GetFileName(path);
        var table = TableReader.Read(path);
        var letters = LettersOf(table, null, where);
        var names = IdNames.Select(table.Find).FirstOrDefault(column => column is not null && column != letters);
        bool isKmers = table.RowCount > 0 && KmerText.IsKmers(letters[0]);
        string[] joined = new string[table.RowCount];
        for (int row = 0; row < joined.Length; row++)
        {
            string place = $"{where}: row {row + 1}";
            joined[row] = isKmers && letters[row].Length > 0 ? KmerText.Join(letters[row], place) : letters[row];
            SequenceCollection.Check(joined[row], place, SequenceSetOptions.Default.LongestSequence);
        }

        return ([.. Enumerable.Range(0, joined.Length).Select(row => names?[row] ?? "")], joined);
    }

    private static TableColumn LettersOf(Table table, string? named, string where) => named is not null
        ? table[named]
        : SequenceNames.Select(table.Find).FirstOrDefault(column => column is not null)
            ?? throw new DataException($"{where}: has no column sequence: expected a table with the columns sequence and label, or a FASTA file for each class.");
}
