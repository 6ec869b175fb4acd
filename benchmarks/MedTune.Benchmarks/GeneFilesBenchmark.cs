using System.Diagnostics;
using System.Globalization;
using MedTune.Data.Genes;

namespace MedTune.Benchmarks;

/// <summary>Reads a large file of genes from start to end; prints seconds, megabytes a second and the peak of memory.
/// <c>genes make fasta|vcf FILE MEGABYTES [SAMPLES]</c> or <c>genes make matrix FILE.tsv GENES SAMPLES</c> makes one, <c>genes read FILE</c> reads it, <c>genes index FILE</c> makes the index of a reference.</summary>
internal static class GeneFilesBenchmark
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        switch (arguments)
        {
            case ["make", "fasta", string path, string megabytes]:
                LargeGeneFiles.WriteFasta(path, Bytes(megabytes));
                return 0;
            case ["make", "vcf", string path, string megabytes, .. { Length: <= 1 } samples]:
                LargeGeneFiles.WriteVcf(path, samples.Length == 0 ? 1000 : int.Parse(samples[0], CultureInfo.InvariantCulture), Bytes(megabytes));
                return 0;
            case ["make", "matrix", string path, string genes, string samples]:
                LargeGeneFiles.WriteMatrix(path, int.Parse(genes, CultureInfo.InvariantCulture), int.Parse(samples, CultureInfo.InvariantCulture));
                return 0;
            case ["read", string path] when path.EndsWith(".tsv", StringComparison.Ordinal):
                Print(path, ReadMatrix);
                return 0;
            case ["read", string path]:
                Print(path, path.Contains(".vcf", StringComparison.Ordinal) || path.EndsWith(".bcf", StringComparison.Ordinal) ? ReadVariants : ReadLetters);
                return 0;
            case ["index", string path]:
                Print(path, Index);
                return 0;
            case ["sequences", .. { Length: > 0 } rest]:
                return GeneSequencesBenchmark.Run(rest);
            default:
                Console.Error.WriteLine("genes make fasta|vcf FILE MEGABYTES [SAMPLES], genes make matrix FILE.tsv GENES SAMPLES, genes read FILE, genes index FILE, or genes sequences FOLDER");
                return 2;
        }
    }

    private static long Bytes(string megabytes) => long.Parse(megabytes, CultureInfo.InvariantCulture) << 20;

    private static void Print(string path, Func<string, string> read)
    {
        var watch = Stopwatch.StartNew();
        string what = read(path);
        double seconds = watch.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        double megabytes = new FileInfo(path).Length / 1048576.0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}; {megabytes:F0} MB in {seconds:F1} s wall, {process.TotalProcessorTime.TotalSeconds:F1} s CPU: {megabytes / seconds:F0} MB/s; peak working set {process.PeakWorkingSet64 / 1048576.0:F0} MB"));
    }

    private static string ReadLetters(string path)
    {
        using var reader = FastaReader.Open(path);
        Span<byte> piece = new byte[1 << 16];
        while (reader.MoveNext())
        {
            while (reader.Read(piece) > 0)
            {
                // only counted
            }

            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reader.Progress:P0}"));
        }

        return $"{reader.Records} records, {reader.Letters} letters, {reader.SoftMasked} in lower case";
    }

    private static string ReadVariants(string path)
    {
        using var reader = VcfReader.Open(path);
        long carriers = 0;
        while (reader.Read() is { } record)
        {
            for (int sample = 0; sample < record.SampleCount; sample++)
            {
                carriers += record.Dosage(sample) > 0 ? 1 : 0;
            }

            if (reader.Records % 10_000 == 0)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reader.Progress:P0}"));
            }
        }

        return $"{reader.Records} records of {reader.Header.Samples.Length} samples, {carriers} carriers";
    }

    private static string ReadMatrix(string path)
    {
        var set = ExpressionSet.Open(path, LargeGeneFiles.LabelsOf(path));
        return $"{set.Matrix.Samples.Length} samples, {set.Matrix.Genes.Length} genes, {set.Classes.Length} classes";
    }

    private static string Index(string path)
    {
        using var genome = ReferenceGenome.Open(path);
        var last = genome.Contigs[^1];
        return $"{genome.Contigs.Length} records; the last letters are {genome.Letters(last.Name, last.Length - 10, 10)}";
    }
}
