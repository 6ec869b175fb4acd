using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>The index of a FASTA file: read from its <c>.fai</c>, or made by one pass.</summary>
internal static class FastaIndex
{
    private const int MostContigs = 10_000_000;

    /// <summary>Reads a <c>.fai</c> file.</summary>
    /// <exception cref="DataException">A line does not have five columns of the right kind.</exception>
    public static ImmutableArray<FastaContig> Read(Stream index, string where)
    {
        var contigs = ImmutableArray.CreateBuilder<FastaContig>();
        var lines = new ByteLines(index, where, 1 << 20);
        while (lines.TryRead(out var line))
        {
            string[] parts = Encoding.UTF8.GetString(line).Split('\t');
            if (line.IsEmpty)
            {
                continue;
            }

            bool isSound = parts.Length == 5 && parts[0].Length > 0;
            long[] numbers = new long[4];
            for (int i = 0; isSound && i < 4; i++)
            {
                isSound = long.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]);
            }

            isSound = isSound && numbers[2] <= int.MaxValue - 2 && (numbers[3] == numbers[2] + 1 || numbers[3] == numbers[2] + 2 || numbers[0] == 0)
                && (numbers[2] > 0 || numbers[0] == 0) && numbers[0] <= long.MaxValue / 16 && numbers[1] <= long.MaxValue / 16;
            contigs.Add(isSound && contigs.Count < MostContigs
                ? new FastaContig(parts[0], numbers[0], numbers[1], (int)numbers[2], (int)numbers[3])
                : throw new DataException($"{where}: line {lines.Number} is no line of a FASTA index (name, length, offset, letters and bytes of a line): delete the index, and it is made anew."));
        }

        return contigs.ToImmutable();
    }

    /// <summary>Makes the index by reading the whole file once.</summary>
    /// <exception cref="DataException">A record's lines differ in length, so that no place in it could be found.</exception>
    public static ImmutableArray<FastaContig> Make(Stream content, string where)
    {
        var contigs = ImmutableArray.CreateBuilder<FastaContig>();
        var scan = new Scan(where, contigs);
        byte[] buffer = new byte[1 << 18];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            scan.Append(buffer.AsSpan(0, read));
        }

        scan.End();
        return contigs.ToImmutable();
    }

    /// <summary>Writes an index in the form that other tools read.</summary>
    public static void Write(string path, ImmutableArray<FastaContig> contigs)
    {
        var text = new StringBuilder();
        foreach (var contig in contigs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{contig.Name}\t{contig.Length}\t{contig.Offset}\t{contig.LineLetters}\t{contig.LineBytes}\n");
        }

        string part = path + ".part";
        File.WriteAllText(part, text.ToString());
        File.Move(part, path, overwrite: true);
    }

    /// <summary>One pass over the bytes: where lines begin, and whether all of a record but the last are equally long.</summary>
    private sealed class Scan(string where, ImmutableArray<FastaContig>.Builder contigs)
    {
        private readonly List<byte> _header = [];
        private long _position;
        private long _lineStart;
        private byte _last = (byte)'\n';
        private bool _isHeader;
        private bool _wasShort;
        private FastaContig? _contig;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                if (_position == _lineStart)
                {
                    BeginLine(bytes[0] == (byte)'>');
                }

                int end = bytes.IndexOf((byte)'\n');
                ReadOnlySpan<byte> piece = end < 0 ? bytes : bytes[..end];
                if (_isHeader && _header.Count < 1 << 16)
                {
                    _header.AddRange(piece);
                }

                _last = piece.IsEmpty ? _last : piece[^1];
                _position += piece.Length;
                bytes = bytes[piece.Length..];
                if (end >= 0)
                {
                    EndLine(1);
                    _position++;
                    _lineStart = _position;
                    _last = (byte)'\n';
                    bytes = bytes[1..];
                }
            }
        }

        public void End()
        {
            if (_position > _lineStart)
            {
                EndLine(0);
            }

            Finish();
        }

        private void BeginLine(bool isHeader)
        {
            _isHeader = isHeader;
            if (isHeader)
            {
                Finish();
                _header.Clear();
            }
            else if (_contig is null)
            {
                throw new DataException($"{where}: is no FASTA, because its first line does not begin with >: check that it is the right file.");
            }
        }

        private void EndLine(int lineEnd)
        {
            int carriageReturn = _position > _lineStart && _last == (byte)'\r' ? 1 : 0;
            if (_isHeader)
            {
                string name = Encoding.UTF8.GetString([.. _header.Skip(1)]).TrimEnd('\r').Split([' ', '\t'], 2)[0];
                _contig = new FastaContig(name, 0, _position + lineEnd, 0, 0);
                _wasShort = false;
                return;
            }

            long letters = _position - _lineStart - carriageReturn;
            long bytes = _position - _lineStart + lineEnd;
            var contig = _contig ?? throw new DataException($"{where}: is no FASTA, because its first line does not begin with >: check that it is the right file.");
            if (contig.LineLetters == 0 && letters > 0 && !_wasShort)
            {
                int line = letters <= int.MaxValue - 2 ? (int)letters : throw new DataException($"{where}: has a line of more than 2^31 letters: wrap its lines.");
                _contig = contig with { Length = letters, LineLetters = line, LineBytes = (int)bytes + (lineEnd == 0 ? 1 : 0) };
                return;
            }

            bool isSound = letters == 0 || (!_wasShort && letters <= contig.LineLetters && (letters < contig.LineLetters || bytes == contig.LineBytes || lineEnd == 0));
            _wasShort = _wasShort || letters < contig.LineLetters || letters == 0;
            _contig = isSound
                ? contig with { Length = contig.Length + letters }
                : throw new DataException($"{where}: record {contigs.Count + 1} has lines of different lengths, so no place in it can be found: wrap all its lines at the same length.");
        }

        private void Finish()
        {
            if (_contig is not null)
            {
                contigs.Add(contigs.Count < MostContigs ? _contig : throw new DataException($"{where}: has more than {MostContigs} records, too many for a reference."));
            }

            _contig = null;
        }
    }
}
