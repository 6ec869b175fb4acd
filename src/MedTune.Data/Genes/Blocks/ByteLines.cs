namespace MedTune.Data.Genes;

/// <summary>The lines of a text as bytes, without their line ends; one line is held at a time, and its length is limited.</summary>
internal sealed class ByteLines(Stream text, string where, int longest = ByteLines.LongestLine)
{
    /// <summary>Longest line that is read: 64 MiB, about a million samples of a VCF file.</summary>
    public const int LongestLine = 1 << 26;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the last line of the text has no line end; known when it has been read.</summary>
    public bool EndsInsideLine { get; private set; }

    /// <summary>Whether a line ended in the Windows way.</summary>
    public bool HasCarriageReturns { get; private set; }

    /// <summary>The next line; it is valid until the line after it is read.</summary>
    /// <exception cref="DataException">A line is too long.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = Taken(searched + found, 1);
                return true;
            }

            searched = _end - _start;
            if (_isAtEnd)
            {
                EndsInsideLine |= searched > 0;
                line = searched > 0 ? Taken(searched, 0) : default;
                return searched > 0;
            }

            Refill();
        }
    }

    private ReadOnlySpan<byte> Taken(int length, int lineEnd)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + lineEnd;
        Number++;
        if (line.EndsWith("\r"u8))
        {
            HasCarriageReturns = true;
            line = line[..^1];
        }

        return line;
    }

    private void Refill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= longest)
            {
                throw new DataException($"{where}: line {Number + 1} is longer than {longest >> 20} MiB, which no such file needs: check that it is the right kind of file.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = text.Read(_buffer.AsSpan(_end));
        _end += read;
        _isAtEnd = read == 0;
    }
}
