using System.Globalization;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Reads regions from BED (positions from 0, the end not included) and GFF3 (positions from 1, the end included), plain or packed; both come out the same.</summary>
public static class RegionReader
{
    private const int LongestLine = 1 << 22;

    /// <summary>The regions of a BED or GFF3 file one after the other; which one follows from the content.</summary>
    /// <param name="path">The file; how it is packed follows from its content.</param>
    /// <exception cref="DataException">The file is missing, cut short, or a line is neither BED nor GFF3.</exception>
    public static IEnumerable<GenomicRegion> ReadAll(string path) => Read(GeneFile.Open(path));

    internal static IEnumerable<GenomicRegion> Read(GeneFile file)
    {
        using (file)
        {
            var lines = new ByteLines(file.Content, file.Where, LongestLine);
            bool? isGff = null;
            while (Next(lines, file.Where, ref isGff, out bool isEnd) is var region && !isEnd)
            {
                if (region is not null)
                {
                    yield return region;
                }
            }
        }
    }

    private static GenomicRegion? Next(ByteLines lines, string where, ref bool? isGff, out bool isEnd)
    {
        isEnd = !lines.TryRead(out var bytes);
        if (isEnd || bytes.IsEmpty)
        {
            return null;
        }

        string line = Encoding.UTF8.GetString(bytes);
        if (line.StartsWith("##gff-version", StringComparison.Ordinal))
        {
            isGff = line.AsSpan(13).Trim().StartsWith("3")
                ? true
                : throw new DataException($"{where}: is GFF of another version than 3: convert it to GFF3 or BED.");
        }

        if (line.StartsWith("##FASTA", StringComparison.Ordinal))
        {
            isEnd = true; // sequences may follow the features
            return null;
        }

        if (line[0] == '#' || IsBrowserLine(line))
        {
            return null;
        }

        string[] columns = line.Split('\t');
        columns = columns.Length == 1 ? line.Split(' ', StringSplitOptions.RemoveEmptyEntries) : columns; // BED may use blanks
        isGff ??= columns.Length >= 8 && !IsNumber(columns[1], out _) && IsNumber(columns[3], out _) && IsNumber(columns[4], out _);
        return isGff.Value ? Gff(columns, lines.Number, where) : Bed(columns, lines.Number, where);
    }

    private static GenomicRegion Bed(string[] columns, long number, string where)
    {
        (long start, long end) = (0, 0);
        bool isSound = columns.Length >= 3 && columns[0].Length > 0 && IsNumber(columns[1], out start) && IsNumber(columns[2], out end) && start <= end;
        return isSound
            ? new GenomicRegion(columns[0], start, end, columns.Length > 5 ? Strand(columns[5], number, where) : GenomicStrand.Unknown, columns.Length > 3 ? columns[3] : "")
            : throw new DataException($"{where}: line {number} is no line of BED: expected a chromosome, a start from 0 and an end that is not smaller, set apart by tabs.");
    }

    private static GenomicRegion Gff(string[] columns, long number, string where)
    {
        (long start, long end) = (0, 0);
        bool isSound = columns.Length is 8 or 9 && columns[0].Length > 0 && IsNumber(columns[3], out start) && IsNumber(columns[4], out end) && start >= 1 && start <= end;
        return isSound
            ? new GenomicRegion(Unescape(columns[0]), start - 1, end, Strand(columns[6], number, where), columns.Length > 8 ? NameOf(columns[8]) : "", columns[2])
            : throw new DataException($"{where}: line {number} is no line of GFF3: expected nine columns set apart by tabs, with a start from 1 and an end that is not smaller.");
    }

    private static string NameOf(string attributes)
    {
        string found = "";
        foreach (string attribute in attributes.Split(';', StringSplitOptions.TrimEntries))
        {
            if (attribute.StartsWith("Name=", StringComparison.Ordinal))
            {
                return Unescape(attribute[5..]);
            }

            found = attribute.StartsWith("ID=", StringComparison.Ordinal) ? Unescape(attribute[3..]) : found;
        }

        return found;
    }

    private static GenomicStrand Strand(string text, long number, string where) => text switch
    {
        "+" => GenomicStrand.Forward,
        "-" => GenomicStrand.Reverse,
        "." or "?" or "" => GenomicStrand.Unknown,
        _ => throw new DataException($"{where}: line {number} has a strand that is neither +, - nor a dot: check that its columns are in order."),
    };

    private static bool IsBrowserLine(string line) => line.StartsWith("track", StringComparison.Ordinal) || line.StartsWith("browser", StringComparison.Ordinal);

    private static string Unescape(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;

    private static bool IsNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= int.MaxValue * 16L;
}
