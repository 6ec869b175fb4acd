using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Reads FASTA (plain, gzip or BGZF) from start to end in bounded memory: record by record, and the letters of a record in pieces.</summary>
/// <remarks>Lines may be wrapped or not and end in either way; the letters are the IUPAC codes of nucleotides in either case. Anything else is refused.</remarks>
public sealed class FastaReader : IDisposable
{
    private const int LongestHeader = 1 << 16;

    private readonly GeneFile _file;
    private readonly FastaReadOptions _options;
    private readonly byte[] _buffer = new byte[1 << 18];
    private int _at;
    private int _end;
    private long _line = 1;
    private bool _isLineStart = true;

    private FastaReader(GeneFile file, FastaReadOptions options)
    {
        (_file, _options) = (file, options);
        ReadToFirstRecord();
    }

    /// <summary>The first word of the current record's header; may identify a person.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What follows the name in the current record's header.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Records begun so far.</summary>
    public long Records { get; private set; }

    /// <summary>Letters read so far.</summary>
    public long Letters { get; private set; }

    /// <summary>Letters read so far that were in lower case (soft-masked repeats).</summary>
    public long SoftMasked { get; private set; }

    /// <summary>How the file is packed.</summary>
    public Packing Packing => _file.Packing;

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double Progress => _file.Progress;

    /// <summary>Opens a file.</summary>
    /// <param name="path">FASTA; how it is packed follows from its content.</param>
    /// <param name="options">Default: null, everything as <see cref="FastaReadOptions"/> says.</param>
    /// <exception cref="DataException">The file is missing, empty, cut short, or no FASTA.</exception>
    public static FastaReader Open(string path, FastaReadOptions? options = null) => Open(GeneFile.Open(path), options);

    /// <summary>Opens a stream that can seek, and closes it in the end.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="where">How messages name it.</param>
    /// <param name="options">Default: null, everything as <see cref="FastaReadOptions"/> says.</param>
    /// <exception cref="DataException">The stream is empty, cut short, or no FASTA.</exception>
    public static FastaReader Open(Stream stream, string where, FastaReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Open(GeneFile.Open(stream, where), options);
    }

    /// <summary>All records of a file one after the other, each as a whole.</summary>
    /// <param name="path">FASTA; how it is packed follows from its content.</param>
    /// <param name="options">Default: null, everything as <see cref="FastaReadOptions"/> says.</param>
    /// <exception cref="DataException">The file is refused, or a record is longer than allowed.</exception>
    public static IEnumerable<NucleotideSequence> ReadAll(string path, FastaReadOptions? options = null)
    {
        using var reader = Open(path, options);
        while (reader.TryReadSequence() is { } sequence)
        {
            yield return sequence;
        }
    }

    /// <summary>Goes to the next record; what is left of the current one is passed over (and checked all the same).</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DataException">The file is damaged or no FASTA.</exception>
    public bool MoveNext()
    {
        Span<byte> rest = stackalloc byte[1024];
        while (Records > 0 && Read(rest) > 0)
        {
            // only passed over
        }

        if (!Fill())
        {
            return false;
        }

        ReadHeader();
        Records++;
        return true;
    }

    /// <summary>The next letters of the current record.</summary>
    /// <param name="letters">Filled from its start.</param>
    /// <returns>How many there are; 0 at the end of the record.</returns>
    /// <exception cref="DataException">The file is damaged, or a letter is no code of a nucleotide.</exception>
    public int Read(Span<byte> letters)
    {
        int count = 0;
        while (count < letters.Length && Fill() && !(_isLineStart && _buffer[_at] == (byte)'>'))
        {
            ReadOnlySpan<byte> ready = _buffer.AsSpan(_at, Math.Min(_end - _at, letters.Length - count));
            int valid = ready.IndexOfAnyExcept(Nucleotides.AllCodes);
            valid = valid < 0 ? ready.Length : valid;
            if (valid > 0)
            {
                Take(ready[..valid], letters[count..]);
                count += valid;
                _at += valid;
                _isLineStart = false;
            }

            if (valid < ready.Length)
            {
                PassOver(_buffer[_at++]);
            }
        }

        Letters += count;
        return count;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>The next record as a whole, or null at the end.</summary>
    internal NucleotideSequence? TryReadSequence()
    {
        if (!MoveNext())
        {
            return null;
        }

        long softMasked = SoftMasked;
        var text = new StringBuilder();
        Span<byte> piece = stackalloc byte[1 << 12];
        int count;
        while ((count = Read(piece)) > 0)
        {
            if (text.Length + count > _options.LongestSequence)
            {
                throw new DataException($"{_file.Where}: record {Records} is longer than {_options.LongestSequence} letters; read it in pieces, or allow longer records.");
            }

            text.Append(Encoding.ASCII.GetString(piece[..count]));
        }

        return new NucleotideSequence(Name, text.ToString()) { SoftMasked = SoftMasked - softMasked };
    }

    private static FastaReader Open(GeneFile file, FastaReadOptions? options)
    {
        try
        {
            return new FastaReader(file, options ?? FastaReadOptions.Default);
        }
        catch (DataException)
        {
            file.Dispose();
            throw;
        }
    }

    private void Take(ReadOnlySpan<byte> ready, Span<byte> letters)
    {
        for (int i = 0; i < ready.Length; i++)
        {
            byte letter = ready[i];
            SoftMasked += letter >> 5 & 1; // lower case is 32 above upper case
            letters[i] = letter;
        }

        if (!_options.KeepsCase)
        {
            Ascii.ToUpper(ready, letters, out _);
        }
    }

    /// <summary>Handles what is no letter: line ends and blanks are passed over, the rest is refused.</summary>
    private void PassOver(byte other)
    {
        if (other == (byte)'\n')
        {
            _line++;
            _isLineStart = true;
        }
        else if (other is not ((byte)'\r' or (byte)' ' or (byte)'\t'))
        {
            string what = other switch
            {
                (byte)'-' or (byte)'.' => "a gap of an alignment; take the gaps out",
                (byte)'>' => "a > in the middle of a line; each record must begin on a line of its own",
                (byte)'*' => "a *, so this looks like protein; MedTune reads DNA and RNA",
                >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' => $"the letter {(char)other}, which is no code of a nucleotide (protein cannot be read)",
                _ => "a character that is no code of a nucleotide",
            };
            throw new DataException($"{_file.Where}: line {_line} holds {what}: expected only the IUPAC codes {Nucleotides.Codes}.");
        }
    }

    private void ReadToFirstRecord()
    {
        if (!Fill())
        {
            throw new DataException($"{_file.Where}: is empty: get the file again from where it came from.");
        }

        if (_end - _at >= 3 && _buffer.AsSpan(_at, 3).SequenceEqual(Encoding.UTF8.Preamble))
        {
            _at += 3;
        }

        while (Fill() && _buffer[_at] is (byte)'\n' or (byte)'\r')
        {
            _line += _buffer[_at++] == (byte)'\n' ? 1 : 0;
        }

        if (_at == _end || _buffer[_at] != (byte)'>')
        {
            throw new DataException($"{_file.Where}: is no FASTA, because its first line does not begin with >: check that it is the right file.");
        }
    }

    private void ReadHeader()
    {
        _at++;
        var header = new List<byte>();
        while (Fill())
        {
            int length = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            header.AddRange(_buffer.AsSpan(_at, length < 0 ? _end - _at : length));
            if (header.Count > LongestHeader)
            {
                throw new DataException($"{_file.Where}: the header on line {_line} is longer than {LongestHeader} characters: check that it is a FASTA file.");
            }

            if (length >= 0)
            {
                _at += length + 1;
                _line++;
                break;
            }

            _at = _end;
        }

        _isLineStart = true;
        string text = Encoding.UTF8.GetString([.. header]).TrimEnd('\r', ' ', '\t');
        int blank = text.AsSpan().IndexOfAny(' ', '\t');
        (Name, Description) = blank < 0 ? (text, "") : (text[..blank], text[(blank + 1)..].Trim());
    }

    private bool Fill()
    {
        if (_at < _end)
        {
            return true;
        }

        (_at, _end) = (0, _file.Content.ReadAtLeast(_buffer, 4, throwOnEndOfStream: false));
        return _end > 0;
    }
}
