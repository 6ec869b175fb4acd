using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>Windows of a genome to learn from, and others of the last tenth of each record to judge by.</summary>
internal sealed class GenomeWindows : IDisposable
{
    private const int MostHeldOut = 512;
    private const int Piece = 1 << 16;
    private const int MostTries = 1000;
    private const double MostUnknown = 0.1;
    private const double HeldOutShare = 0.1;

    private readonly List<ReferenceGenome> _genomes = [];
    private readonly List<(ReferenceGenome Genome, FastaContig Contig, long Training)> _records = [];
    private readonly List<long> _ends = [];

    private GenomeWindows(int length) => Length = length;

    /// <summary>Letters of a window.</summary>
    public int Length { get; }

    /// <summary>Known letters of the training part.</summary>
    public long Letters { get; private set; }

    /// <summary>SHA-256 of all letters, lower-case hexadecimal.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>How likely each letter is after the five before it in the training part.</summary>
    public MarkovModel Markov { get; } = new(5);

    /// <summary>Windows of the held-out parts, evenly apart.</summary>
    public List<long[]> HeldOut { get; } = [];

    /// <summary>Opens genomes and reads them once.</summary>
    /// <param name="paths">FASTA files.</param>
    /// <param name="length">Letters of a window.</param>
    /// <param name="progress">Told per record.</param>
    /// <param name="cancellation">Asked now and then.</param>
    /// <exception cref="DataException">A file is refused, or there is not enough to learn from.</exception>
    public static GenomeWindows Open(IReadOnlyList<string> paths, int length, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var windows = new GenomeWindows(length);
        try
        {
            foreach (string path in paths)
            {
                // Held here first, so that it is closed whatever follows.
                windows._genomes.Add(ReferenceGenome.Open(path));
            }

            windows.Read(paths, progress, cancellation);
            return windows.Letters >= 16L * length && windows.HeldOut.Count > 0
                ? windows
                : throw new DataException(
                    $"{string.Join(" and ", paths.Select(Path.GetFileName))}: holds {windows.Letters} known letters in records of at least {2 * length}; to learn letters at least {16 * length} are needed, and known ones in the last tenth of a record.");
        }
        catch
        {
            windows.Dispose();
            throw;
        }
    }

    /// <summary>A window of the training part, of either strand; which one depends on (seed, step, place) alone.</summary>
    public void Write(ulong seed, int step, int place, Span<long> tokens)
    {
        var random = new Philox(seed, RandomPurpose.Drawing, ((ulong)(uint)step << 32) | (uint)place);
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            long at = (long)(random.UniformDouble((ulong)attempt) * _ends[^1]);
            int record = _ends.BinarySearch(at + 1) is var found && found < 0 ? ~found : found;
            Take(_records[record].Genome, _records[record].Contig, at - (record == 0 ? 0 : _ends[record - 1]), tokens);
            if (IsKnown(tokens))
            {
                break;
            }
        }

        if (random.Below(2, MostTries + 1) == 1)
        {
            tokens.Reverse();
            for (int i = 0; i < tokens.Length; i++)
            {
                tokens[i] = tokens[i] < SequenceTokens.Other ? 3 - tokens[i] : tokens[i];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var genome in _genomes)
        {
            genome.Dispose();
        }
    }

    private static void Take(ReferenceGenome genome, FastaContig contig, long start, Span<long> tokens) =>
        SequenceTokens.Write(genome.Letters(contig.Name, start, tokens.Length), tokens);

    private static bool IsKnown(ReadOnlySpan<long> tokens) => tokens.Count(SequenceTokens.Other) <= MostUnknown * tokens.Length;

    /// <summary>Reads all letters once, from start to end: what is no DNA is told with its line.</summary>
    private void Read(IReadOnlyList<string> paths, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var letters = new byte[Piece];
        var tokens = new long[Piece];
        for (int file = 0; file < paths.Count; file++)
        {
            using var reader = FastaReader.Open(paths[file]);
            foreach (var contig in _genomes[file].Contigs)
            {
                reader.MoveNext();
                digest.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{contig.Length} ")));
                long training = contig.Length >= 2 * Length ? contig.Length - Math.Max(Length, (long)(HeldOutShare * contig.Length)) : 0;
                Markov.Break();
                int count;
                for (long start = 0; (count = reader.Read(letters)) > 0; start += count)
                {
                    cancellation.ThrowIfCancellationRequested();
                    digest.AppendData(letters, 0, count);
                    var own = tokens.AsSpan(0, (int)Math.Clamp(training - start, 0, count));
                    SequenceTokens.Write(Encoding.ASCII.GetString(letters, 0, own.Length), own);
                    Markov.Add(own);
                    Letters += own.Length - own.Count(SequenceTokens.Other);
                    progress?.Report(new TrainingProgress("reading", (100 * file) + (int)(100 * reader.Progress), 100 * paths.Count, "the genome"));
                }

                if (training > 0)
                {
                    _records.Add((_genomes[file], contig, training));
                    _ends.Add((_ends.Count == 0 ? 0 : _ends[^1]) + training - Length + 1);
                }
            }
        }

        Digest = Convert.ToHexStringLower(digest.GetHashAndReset());
        HoldOut();
    }

    /// <summary>Evenly spaced windows of the last parts that are mostly known.</summary>
    private void HoldOut()
    {
        long all = _records.Sum(record => record.Contig.Length - record.Training - Length + 1);
        long step = Math.Max(Length, all / MostHeldOut);
        foreach (var (genome, contig, training) in _records)
        {
            for (long start = training; start + Length <= contig.Length; start += step)
            {
                var tokens = new long[Length];
                Take(genome, contig, start, tokens);
                if (IsKnown(tokens) && HeldOut.Count < MostHeldOut + _records.Count)
                {
                    HeldOut.Add(tokens);
                }
            }
        }
    }
}
