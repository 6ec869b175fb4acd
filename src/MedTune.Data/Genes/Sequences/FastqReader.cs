using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Reads FASTQ (plain, gzip or BGZF) read by read; sequence and qualities may be wrapped.</summary>
public static class FastqReader
{
    private const int LongestRead = 1 << 24;

    /// <summary>The reads of a file one after the other.</summary>
    /// <param name="path">FASTQ; how it is packed follows from its content.</param>
    /// <exception cref="DataException">The file is missing, empty, cut short, or no FASTQ.</exception>
    public static IEnumerable<FastqRecord> ReadAll(string path) => Read(GeneFile.Open(path));

    /// <summary>The reads of a stream that can seek; it is closed in the end.</summary>
    internal static IEnumerable<FastqRecord> Read(GeneFile file)
    {
        using (file)
        {
            var lines = new ByteLines(file.Content, file.Where);
            while (Next(lines, file.Where) is { } read)
            {
                yield return read;
            }
        }
    }

    private static FastqRecord? Next(ByteLines lines, string where)
    {
        ReadOnlySpan<byte> line;
        do
        {
            if (!lines.TryRead(out line))
            {
                return null;
            }
        }
        while (line.IsEmpty);

        if (line[0] != (byte)'@')
        {
            throw new DataException($"{where}: line {lines.Number} should begin a read with @ but does not: check that it is a FASTQ file.");
        }

        long start = lines.Number;
        string header = Encoding.UTF8.GetString(line[1..]);
        var letters = new StringBuilder();
        while (true)
        {
            line = Expected(lines, where, start);
            if (line.StartsWith("+"u8))
            {
                break;
            }

            int strange = line.IndexOfAnyExcept(Nucleotides.AllCodes);
            if (strange >= 0 && !(line[strange] == (byte)'.' && line.IndexOfAnyExcept((byte)'.') < 0))
            {
                throw new DataException($"{where}: line {lines.Number} holds a character that is no code of a nucleotide: expected only {Nucleotides.Codes}.");
            }

            letters.Append(Encoding.ASCII.GetString(line).ToUpperInvariant().Replace('.', 'N'));
            CheckLength(letters.Length, where, start);
        }

        var qualities = new List<byte>(letters.Length);
        while (qualities.Count < letters.Length)
        {
            foreach (byte quality in Expected(lines, where, start))
            {
                qualities.Add(quality is >= 33 and <= 126
                    ? (byte)(quality - 33)
                    : throw new DataException($"{where}: line {lines.Number} holds a character that is no quality: expected ! to ~."));
            }

            CheckLength(qualities.Count, where, start);
        }

        return qualities.Count == letters.Length
            ? new FastqRecord(header.Split([' ', '\t'], 2)[0], letters.ToString(), [.. qualities])
            : throw new DataException($"{where}: the read that begins on line {start} has {letters.Length} letters but {qualities.Count} qualities: each letter needs one.");
    }

    private static ReadOnlySpan<byte> Expected(ByteLines lines, string where, long start) => lines.TryRead(out var line)
        ? line
        : throw new DataException($"{where}: ends inside the read that begins on line {start}: get the file again from where it came from.");

    private static void CheckLength(int length, string where, long start)
    {
        if (length > LongestRead)
        {
            throw new DataException($"{where}: the read that begins on line {start} is longer than {LongestRead} letters: check that it is a FASTQ file.");
        }
    }
}
