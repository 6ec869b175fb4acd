using CsvHelper;

namespace MedTune.Data;

/// <summary>The records of CSV text, one after another. The only file that knows CsvHelper, which brings the CSV grammar (RFC 4180).</summary>
internal sealed class CsvRecords : IDisposable
{
    /// <summary>The longest record, in bytes: an open quote cannot swallow a whole file.</summary>
    public const int MaximumRecordBytes = 24 << 20;

    private readonly CsvReader _reader;
    private readonly string _name;
    private bool _isUnterminated;

    /// <summary>Records of a UTF-8 stream, which is closed with this.</summary>
    /// <param name="utf8">The text; a byte order mark may stand first.</param>
    /// <param name="separator">What stands between fields, or null to follow the first line <c>sep=;</c>.</param>
    /// <param name="name">What messages call the file.</param>
    public CsvRecords(Stream utf8, char? separator, string name)
    {
        _name = name;
        _reader = CsvReader.Create(utf8, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            SkipEmptyLines = false,
            MaxRecordSize = MaximumRecordBytes,
            BufferSize = 1 << 18,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = Count,
        });
    }

    /// <summary>Records with a quote where the rules allow none; the quote was kept as text.</summary>
    public int StrayQuotes { get; private set; }

    /// <summary>Fields in the current record.</summary>
    public int FieldCount => _reader.FieldCount;

    /// <summary>The line (from 1) where the current record starts.</summary>
    public long LineNumber => _reader.LineNumber;

    /// <summary>Bytes of the current record as written.</summary>
    public int Length => _reader.RawRecord.Length;

    /// <summary>Whether the current record is a line of nothing but spaces and tabs (and holds no quotes).</summary>
    public bool IsBlank => _reader.FieldCount == 1 && _reader.RawRecord.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    /// <summary>Field <paramref name="index"/> of the current record as UTF-8, without its quotes; valid until the next read.</summary>
    public ReadOnlySpan<byte> this[int index] => _reader.GetSpan(index);

    /// <summary>Goes to the next record.</summary>
    /// <exception cref="DataException">A quote is never closed, or a record is longer than <see cref="MaximumRecordBytes"/>.</exception>
    public bool Read()
    {
        bool hasRecord;
        try
        {
            hasRecord = _reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new DataException(
                $"{_name} has a record of more than {MaximumRecordBytes >> 20} MiB (record {e.RecordNumber}): a field may hold 1 MiB at most; look for a quote that is never closed.", e);
        }

        if (_isUnterminated)
        {
            throw new DataException(
                $"{_name} opens a quote in the record that starts in line {_reader.LineNumber} and never closes it: close it, or remove it.");
        }

        return hasRecord;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private void Count(CsvMalformedRecord record)
    {
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
        {
            _isUnterminated = true;
            return;
        }

        StrayQuotes++;
    }
}
