using System.Text;

namespace MedTune.Data;

/// <summary>Reads the header and the rows of a table, and refuses what does not fit.</summary>
internal sealed class TableBody(CsvRecords records, string name)
{
    /// <summary>Data rows read so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Empty lines passed over.</summary>
    public int BlankLines { get; private set; }

    /// <summary>Reads the first record that is not blank as the names of the columns.</summary>
    /// <exception cref="DataException">There is no header, or its names are empty, repeated or too many.</exception>
    public ColumnBuilder[] ReadHeader()
    {
        do
        {
            if (!records.Read())
            {
                throw new DataException($"{name} is empty: it has no header and no rows.");
            }
        }
        while (records.IsBlank);

        int count = records.FieldCount;
        if (count > TableReadOptions.MaximumColumns)
        {
            throw new DataException(
                $"{name} has {count} columns; at most {TableReadOptions.MaximumColumns} are read: leave columns out, or check that the first line is the header.");
        }

        CheckFields(records.LineNumber);
        var builders = new ColumnBuilder[count];
        var positions = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            string column = Encoding.UTF8.GetString(CellText.Trim(records[i]));
            if (column.Length == 0)
            {
                throw new DataException($"{name} has no name for column {i + 1} of {count} in its header: give every column a name in the first line.");
            }

            if (column.Length > TableReadOptions.MaximumNameLetters)
            {
                throw new DataException(
                    $"{name} has a name of {column.Length} letters for column {i + 1} of {count} in its header; at most {TableReadOptions.MaximumNameLetters} are read: shorten it, or check that the first line is the header.");
            }

            if (!positions.TryAdd(column, i + 1))
            {
                throw new DataException(
                    $"{name} has two columns named '{Shorten(column)}' (columns {positions[column]} and {i + 1}): give each column its own name.");
            }

            builders[i] = new ColumnBuilder(column, i);
        }

        return builders;
    }

    /// <summary>Reads all rows.</summary>
    /// <exception cref="DataException">There are none, or some have another number of fields than the header.</exception>
    public void ReadRows(ColumnBuilder[] builders)
    {
        while (records.Read())
        {
            if (builders.Length > 1 ? records.IsBlank : records.Length == 0)
            {
                BlankLines++;
                continue;
            }

            if (records.FieldCount != builders.Length)
            {
                throw Ragged(builders.Length);
            }

            if (records.Length > TableReadOptions.MaximumFieldBytes)
            {
                CheckFields(records.LineNumber);
            }

            for (int i = 0; i < builders.Length; i++)
            {
                builders[i].Append(records[i]);
            }

            Rows++;
            if ((long)Rows * builders.Length > TableReadOptions.MaximumCells)
            {
                throw new DataException(
                    $"{name} has more than {TableReadOptions.MaximumCells / 1_000_000} million cells: give fewer rows or columns.");
            }
        }

        if (Rows == 0)
        {
            throw new DataException($"{name} has a header and no rows.");
        }
    }

    private DataException Ragged(int expected)
    {
        (long firstLine, int firstFound) = (records.LineNumber, records.FieldCount);
        int ragged = 0;
        int oneMore = 0;
        int all = Rows;
        do
        {
            if (records.IsBlank)
            {
                continue;
            }

            all++;
            ragged += records.FieldCount != expected ? 1 : 0;
            oneMore += records.FieldCount == expected + 1 ? 1 : 0;
        }
        while (records.Read());

        if (oneMore == all)
        {
            return new DataException(
                $"{name} has one field more in every row ({expected + 1}) than in its header ({expected}): the first column has no name, as in tables written by R; write it with row names left out, or name the column.");
        }

        string others = ragged > 1 ? $" ({ragged} such lines in all)" : "";
        return new DataException(
            $"{name} has {firstFound} {(firstFound == 1 ? "field" : "fields")} in line {firstLine} where the header has {expected}{others}: correct the line, or put quotes around fields that hold a separator.");
    }

    private void CheckFields(long line)
    {
        for (int i = 0; i < records.FieldCount; i++)
        {
            if (records[i].Length > TableReadOptions.MaximumFieldBytes)
            {
                throw new DataException(
                    $"{name} has a field of {records[i].Length} bytes in line {line} (column {i + 1}); at most 1 MiB is read: shorten it, or look for a quote that is never closed.");
            }
        }
    }

    private static string Shorten(string column) => column.Length <= 60 ? column : column[..60] + "...";
}
