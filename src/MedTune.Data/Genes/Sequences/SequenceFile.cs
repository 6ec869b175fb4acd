namespace MedTune.Data.Genes;

/// <summary>A file of sequences of one class.</summary>
internal static class SequenceFile
{
    private static readonly string[] Endings = [".gz", ".bgz", ".fa", ".fasta", ".fna", ".fas", ".ffn", ".fq", ".fastq", ".txt"];

    /// <summary>What kind of file it is, by its first character.</summary>
    public static SequenceForm FormOf(string path)
    {
        using var file = GeneFile.Open(path);
        Span<byte> start = stackalloc byte[64];
        ReadOnlySpan<byte> text = start[..file.Content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        return text.TrimStart("\r\n"u8) switch
        {
            [(byte)'>', ..] => SequenceForm.Fasta,
            [(byte)'@', ..] => SequenceForm.Fastq,
            _ => SequenceForm.Table,
        };
    }

    /// <summary>The file's name without its endings.</summary>
    public static string ClassName(string path)
    {
        string name = Path.GetFileName(path);
        while (Endings.FirstOrDefault(ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            name = name[..^found.Length];
        }

        return name;
    }

    /// <summary>The sequences of a FASTA or FASTQ file.</summary>
    public static IEnumerable<NucleotideSequence> Read(string path, SequenceSetOptions options) => FormOf(path) == SequenceForm.Fastq
        ? FastqReader.ReadAll(path).Select(read => new NucleotideSequence(read.Name, read.Letters))
        : FastaReader.ReadAll(path, new FastaReadOptions { LongestSequence = options.LongestSequence });
}
