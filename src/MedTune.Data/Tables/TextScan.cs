using System.Buffers;
using System.Text;

namespace MedTune.Data;

/// <summary>The first pass over a table: which encoding it is in, and whether it is text at all. Nothing is kept.</summary>
internal sealed class TextScan
{
    private const int BlockLength = 1 << 16;

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28, 29, 30, 31, 127]);

    // The five bytes that Windows-1252 leaves undefined.
    private static readonly SearchValues<byte> Undefined1252 = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    private Utf8Scan _utf8;
    private Gb18030Scan _gb18030;
    private Crc32 _crc = Crc32.Start();
    private long _lineBreaks;
    private long _controls;
    private bool _hasUndefined1252;
    private bool _hasHighControls;
    private bool _isUtf16;

    private TextScan()
    {
    }

    /// <summary>The encoding, by the names of <see cref="TextEncoding"/>.</summary>
    public string Encoding { get; private set; } = TextEncoding.Utf8;

    /// <summary>Whether a byte order mark stands at the start.</summary>
    public bool HasByteOrderMark { get; private set; }

    /// <summary>Bytes of (decompressed) text.</summary>
    public long Length { get; private set; }

    /// <summary>The line (from 1) that was reached.</summary>
    public long Line => _lineBreaks + 1;

    /// <summary>Bytes of the line that was reached, so far.</summary>
    public long LineLength { get; private set; }

    /// <summary>The checksum of the text as gzip counts it.</summary>
    public uint Checksum => _crc.Value;

    /// <summary>The line (from 1) of the first bytes that are not UTF-8, or 0.</summary>
    public long FirstBrokenLine { get; private set; }

    /// <summary>Reads the whole text and decides.</summary>
    /// <param name="text">The decompressed bytes.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="stated">The encoding that the user states, or null.</param>
    /// <param name="check">Looks at each state on the way, after a block; may refuse.</param>
    /// <exception cref="DataException">The file is no text, or in no encoding that fits.</exception>
    public static TextScan Of(Stream text, string name, string? stated, Action<TextScan>? check = null)
    {
        var scan = new TextScan();
        byte[] block = new byte[BlockLength];
        int read = text.ReadAtLeast(block, BlockLength, throwOnEndOfStream: false);
        scan.Begin(block.AsSpan(0, read), name, stated);
        while (read > 0)
        {
            scan.Append(block.AsSpan(0, read), name);
            scan.MeasureLine(block.AsSpan(0, read));
            check?.Invoke(scan);
            read = text.ReadAtLeast(block, BlockLength, throwOnEndOfStream: false);
        }

        scan.Decide(name, stated);
        return scan;
    }

    private void Begin(ReadOnlySpan<byte> start, string name, string? stated)
    {
        if (start.IsEmpty)
        {
            throw new DataException($"{name} is empty: it has no header and no rows.");
        }

        if (FileSignature.Refusal(start) is { } refusal)
        {
            throw new DataException($"{name} {refusal}");
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
        {
            throw new DataException($"{name} is in UTF-32, which is not read here: save it as UTF-8.");
        }

        string? utf16 = Utf16Of(start, stated);
        HasByteOrderMark = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        if (utf16 is not null)
        {
            _isUtf16 = true;
            Encoding = utf16;
        }
    }

    private static string? Utf16Of(ReadOnlySpan<byte> start, string? stated)
    {
        if (stated is TextEncoding.Utf16LittleEndian or TextEncoding.Utf16BigEndian)
        {
            // "UTF-16" without saying which: the byte order mark knows better.
            return start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? TextEncoding.Utf16BigEndian : stated;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return TextEncoding.Utf16LittleEndian;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return TextEncoding.Utf16BigEndian;
        }

        // Without a mark: separators, digits and line breaks have a zero high byte, always on the same side.
        int even = 0;
        int odd = 0;
        for (int i = 0; i + 1 < start.Length; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }

        int enough = Math.Max(2, start.Length / 20);
        return (even, odd) switch
        {
            (0, _) when odd >= enough => TextEncoding.Utf16LittleEndian,
            (_, 0) when even >= enough => TextEncoding.Utf16BigEndian,
            _ => null,
        };
    }

    private void Append(ReadOnlySpan<byte> block, string name)
    {
        Length += block.Length;
        _crc.Append(block);
        if (_isUtf16)
        {
            return; // checked by the strict decoder while reading
        }

        int zero = block.IndexOf((byte)0);
        if (zero >= 0)
        {
            long line = _lineBreaks + block[..zero].Count((byte)'\n') + 1;
            throw new DataException($"{name} holds a NUL byte (line {line}) and is no text file: give the table as CSV.");
        }

        CountControls(block);
        bool isPlain = Ascii.IsValid(block) && !_utf8.IsInside && !_gb18030.IsInside;
        if (!isPlain)
        {
            Scan(block);
        }

        _lineBreaks += block.Count((byte)'\n');
    }

    private void MeasureLine(ReadOnlySpan<byte> block)
    {
        int last = block.LastIndexOfAny((byte)'\n', (byte)'\r');
        LineLength = last < 0 ? LineLength + block.Length : block.Length - last - 1;
    }

    private void CountControls(ReadOnlySpan<byte> block)
    {
        int at;
        while ((at = block.IndexOfAny(Controls)) >= 0)
        {
            _controls++;
            block = block[(at + 1)..];
        }
    }

    private void Scan(ReadOnlySpan<byte> block)
    {
        _hasUndefined1252 |= block.IndexOfAny(Undefined1252) >= 0;
        _hasHighControls |= block.IndexOfAnyInRange((byte)0x80, (byte)0x9F) >= 0;
        for (int i = 0; i < block.Length; i++)
        {
            byte b = block[i];
            _gb18030.Append(b);
            if (!_utf8.Append(b) && FirstBrokenLine == 0)
            {
                FirstBrokenLine = _lineBreaks + block[..i].Count((byte)'\n') + 1;
            }
        }
    }

    private void Decide(string name, string? stated)
    {
        if (_isUtf16)
        {
            if (Length % 2 != 0)
            {
                throw new DataException($"{name} is in UTF-16 but ends in the middle of a character: it was cut off; copy it again.");
            }

            return;
        }

        if (_utf8.IsInside && FirstBrokenLine == 0)
        {
            FirstBrokenLine = _lineBreaks + 1;
        }

        _utf8.Finish();
        _gb18030.Finish();
        if (_controls > 4 && _controls * 200 > Length)
        {
            throw new DataException($"{name} is no text file ({_controls} control characters in {Length} bytes): give the table as CSV.");
        }

        Encoding = stated ?? (_utf8.Errors == 0 ? TextEncoding.Utf8 : Guess(name));
        if (Encoding == TextEncoding.Utf8 && _utf8.Errors > 0)
        {
            throw Broken(name);
        }
    }

    private string Guess(string name)
    {
        // Mostly sound UTF-8 with a few bad bytes is damaged UTF-8, not another encoding.
        if (HasByteOrderMark || (_utf8.Characters >= 4 && _utf8.Characters >= 3 * _utf8.Errors))
        {
            throw Broken(name);
        }

        // Latin letters with accents also form valid double bytes, but seldom two high bytes in a row.
        if (_gb18030.Errors == 0 && 2 * _gb18030.Ordinary >= _gb18030.Characters)
        {
            return TextEncoding.Gb18030;
        }

        if (_hasUndefined1252)
        {
            throw new DataException(
                $"{name} is in no encoding that is known here (line {FirstBrokenLine} holds bytes that are not UTF-8, GB18030 or Windows-1252): save it as UTF-8, or name its encoding with --encoding.");
        }

        return _hasHighControls ? TextEncoding.Windows1252 : TextEncoding.Latin1;
    }

    private DataException Broken(string name) => new(
        $"{name} is in UTF-8, but line {FirstBrokenLine} holds bytes that are not ({_utf8.Errors} in all): the file is damaged or mixed; save it again as UTF-8.");
}
