using System.Collections.Immutable;
using System.Text;

namespace MedTune.Data;

/// <summary>Reads CSV and TSV files, plain or gzipped.</summary>
/// <remarks>The text is streamed: once to find its encoding, once to read it. Encoding, separator and decimal mark are recognized
/// from the content and stated in <see cref="Table.Format"/>.</remarks>
public static class TableReader
{
    /// <summary>Reads a table whose first line names the columns.</summary>
    /// <param name="path">A CSV or TSV file, plain or gzipped.</param>
    /// <param name="options">What is stated instead of recognized. Default: null, everything recognized.</param>
    /// <exception cref="DataException">The file is refused: missing, empty, no text, ragged, too large ...; the message says what to do.</exception>
    public static Table Read(string path, TableReadOptions? options = null)
    {
        options ??= TableReadOptions.Default;
        options.Check();
        TextSource source = TextSource.Open(path, options.Encoding);
        Table? table = null;
        source.Guarded(() => table = Read(source, options));
        return table!;
    }

    private static Table Read(TextSource source, TableReadOptions options)
    {
        (char separator, bool isHinted) = SeparatorOf(source, options);
        using var records = new CsvRecords(source.OpenUtf8(), isHinted ? null : separator, source.Name);
        var findings = new List<Finding>();
        var body = new TableBody(records, source.Name);
        ColumnBuilder[] builders = body.ReadHeader();
        body.ReadRows(builders);
        ImmutableArray<TableColumn> columns = [.. builders.Select(builder => builder.Build())];
        char decimalMark = options.DecimalMark ?? DecimalMarkDetection.Detect(columns);
        var format = new TableFormat(source.Encoding, source.HasByteOrderMark, separator, decimalMark, source.Compression);
        AddFindings(findings, format, columns, body, records.StrayQuotes);
        return new Table(columns, body.Rows, format, [.. findings]);
    }

    private static (char Separator, bool IsHinted) SeparatorOf(TextSource source, TableReadOptions options)
    {
        if (options.Separator is { } stated)
        {
            return (stated, false);
        }

        var sample = new byte[SeparatorDetection.SampleBytes];
        using Stream text = source.OpenUtf8();
        int length = text.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
        bool isWhole = length < sample.Length;
        sample = sample[..length];

        // Excel writes a first line such as "sep=;" to state the separator.
        ReadOnlySpan<byte> start = sample.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? sample.AsSpan(3) : sample;
        if (start.StartsWith("sep="u8) && start.Length > 5 && start[5] is (byte)'\r' or (byte)'\n'
            && start[4] is (byte)',' or (byte)';' or (byte)'\t' or (byte)'|')
        {
            return ((char)start[4], true);
        }

        return (SeparatorDetection.Detect(sample, isWhole, source.Name), false);
    }

    private static void AddFindings(
        List<Finding> findings, TableFormat format, ImmutableArray<TableColumn> columns, TableBody body, int strayQuotes)
    {
        if (format.Encoding is not TextEncoding.Utf8)
        {
            findings.Add(new Finding(FindingCodes.Encoding, FindingSeverity.Note, null, 1,
                $"The text is not in UTF-8; its bytes fit {format.Encoding}.",
                $"Read as {format.Encoding}. Check that names and categories look right; if not, name the right one with --encoding."));
        }

        if (format.DecimalMark == ',')
        {
            findings.Add(new Finding(FindingCodes.DecimalComma, FindingSeverity.Note, null, 1,
                "Numbers are written with a decimal comma.", "Read the comma as the decimal mark; --decimal point says otherwise."));
        }

        if (body.BlankLines > 0)
        {
            findings.Add(new Finding(FindingCodes.BlankLines, FindingSeverity.Note, null, body.BlankLines,
                $"{body.BlankLines} empty {(body.BlankLines == 1 ? "line" : "lines")}.", "Passed over; row numbers do not count them."));
        }

        if (strayQuotes > 0)
        {
            findings.Add(new Finding(FindingCodes.StrayQuotes, FindingSeverity.Warning, null, strayQuotes,
                $"{strayQuotes} {(strayQuotes == 1 ? "record has" : "records have")} a quote inside a field that is not quoted properly.",
                "Kept the quote as text; check that the fields around it are right."));
        }

        foreach (TableColumn column in columns)
        {
            AddCellFindings(findings, column);
        }
    }

    private static void AddCellFindings(List<Finding> findings, TableColumn column)
    {
        if (column.TrimmedCells > 0)
        {
            findings.Add(new Finding(FindingCodes.WhiteSpace, FindingSeverity.Note, column.Name, column.TrimmedCells,
                $"{column.TrimmedCells} {(column.TrimmedCells == 1 ? "cell has" : "cells have")} spaces or tabs around the value.",
                "Removed them."));
        }

        var isStray = new bool[column.Distinct];
        bool any = false;
        for (int code = 0; code < isStray.Length; code++)
        {
            isStray[code] = CellText.HasStrayCharacters(column.Utf8Of(code));
            any |= isStray[code];
        }

        if (!any)
        {
            return;
        }

        int cells = 0;
        foreach (int code in column.Codes)
        {
            cells += isStray[code] ? 1 : 0;
        }

        findings.Add(new Finding(FindingCodes.StrayCharacters, FindingSeverity.Warning, column.Name, cells,
            $"{cells} {(cells == 1 ? "cell holds" : "cells hold")} control characters or characters lost in an earlier conversion.",
            "Kept as they are; correct them in the source if the column matters."));
    }
}
