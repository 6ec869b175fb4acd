using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Tells gene data by their content, never by their names.</summary>
internal static class GeneDetection
{
    private const int Looked = 1 << 16;
    private const int FewestLetters = 10;

    /// <summary>The form of a file.</summary>
    /// <param name="path">The file; where it cannot be read it is none.</param>
    /// <param name="files">What was named beside it.</param>
    public static GeneForm FormOf(string path, GeneFiles files)
    {
        if (!File.Exists(path))
        {
            return files.Others.IsEmpty ? GeneForm.None : GeneForm.Sequence;
        }

        byte[] start = Start(path);
        ReadOnlySpan<byte> text = start;
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        if (text.StartsWith("BCF\x2"u8) || text.StartsWith("##fileformat=VCF"u8) || text.StartsWith("#CHROM\t"u8))
        {
            return GeneForm.Genotype;
        }

        if (text is [(byte)'>' or (byte)'@', ..] || !files.Others.IsEmpty)
        {
            return GeneForm.Sequence;
        }

        return files.Labels is not null ? GeneForm.Expression
            : IsTableOfSequences(Encoding.UTF8.GetString(text)) ? GeneForm.Sequence
            : GeneForm.None;
    }

    private static byte[] Start(string path)
    {
        try
        {
            using var file = GeneFile.Open(path);
            byte[] start = new byte[Looked];
            return start[..file.Content.ReadAtLeast(start, Looked, throwOnEndOfStream: false)];
        }
        catch (DataException)
        {
            // Whoever reads it next says what is wrong with it.
            return [];
        }
    }

    /// <summary>Whether a column of the first line is called as one of sequences, and holds letters of DNA in the second.</summary>
    private static bool IsTableOfSequences(string text)
    {
        string[] lines = text.Split('\n', 3);
        if (lines.Length < 2)
        {
            return false;
        }

        char[] separators = [',', ';', '\t'];
        string[] names = lines[0].TrimEnd('\r').Split(separators);
        string[] cells = lines[1].TrimEnd('\r').Split(separators);
        int place = Array.FindIndex(names, name => SequenceTable.SequenceNames.Contains(name.Trim('"', ' '), StringComparer.Ordinal));
        return place >= 0 && place < cells.Length && IsDna(cells[place].Trim('"', ' '));
    }

    private static bool IsDna(string cell)
    {
        string letters = cell.Replace(" ", "", StringComparison.Ordinal);
        return letters.Length >= FewestLetters && Encoding.UTF8.GetBytes(letters).AsSpan().IndexOfAnyExcept(Nucleotides.AllCodes) < 0;
    }
}
