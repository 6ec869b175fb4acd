using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>A reference FASTA (plain or BGZF) of which any window can be read; its <c>.fai</c> index is read where it lies beside it, and made otherwise.</summary>
/// <remarks>Not for several threads at once: open one for each.</remarks>
public sealed class ReferenceGenome : IDisposable
{
    private const int LargestUnindexed = 1 << 28;

    private readonly Stream _content;
    private readonly string _where;
    private readonly FrozenDictionary<string, FastaContig> _byName;

    private ReferenceGenome(Stream content, string where, ImmutableArray<FastaContig> contigs)
    {
        (_content, _where, Contigs) = (content, where, contigs);
        if (contigs.Length == 0)
        {
            throw new DataException($"{where}: holds no record: expected a FASTA file of a reference.");
        }

        if (contigs.GroupBy(contig => contig.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new DataException($"{where}: holds {repeated.Count()} records of the same name (the first is record {contigs.IndexOf(repeated.First()) + 1}), so a position could mean any of them: give each record a name of its own.");
        }

        _byName = contigs.ToFrozenDictionary(contig => contig.Name, StringComparer.Ordinal);
    }

    /// <summary>The records in the order of the file.</summary>
    public ImmutableArray<FastaContig> Contigs { get; }

    /// <summary>The build, by the lengths of the chromosomes.</summary>
    public GenomeBuild Build => HumanChromosomes.BuildOf(Contigs.Select(contig => (contig.Name, (long?)contig.Length)));

    /// <summary>How the chromosomes are called.</summary>
    public ChromosomeNaming Naming => HumanChromosomes.NamingOf(Contigs.Select(contig => contig.Name));

    internal string Where => _where;

    internal IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>Opens a reference.</summary>
    /// <param name="path">FASTA: plain, BGZF, or gzip of at most 256 MiB (which is unpacked into memory).</param>
    /// <exception cref="DataException">The file is refused, its lines differ in length, or its index does not fit it.</exception>
    public static ReferenceGenome Open(string path)
    {
        using (var file = GeneFile.Open(path))
        {
            if (file.Packing == Packing.Gzip)
            {
                return Open(Unpacked(file), Path.GetFileName(path), null);
            }
        }

        Stream? index = File.Exists(path + ".fai") ? File.OpenRead(path + ".fai") : null;
        using (index)
        {
            return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1), Path.GetFileName(path), index);
        }
    }

    /// <summary>Opens a reference from a stream that can seek.</summary>
    /// <param name="file">The FASTA, plain or BGZF.</param>
    /// <param name="where">How messages name it.</param>
    /// <param name="index">Its index, or null to make one.</param>
    internal static ReferenceGenome Open(Stream file, string where, Stream? index)
    {
        byte[] start = new byte[18];
        bool isBgzf = BgzfFormat.IsBlock(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
        file.Position = 0;
        Stream content = isBgzf ? new BgzfRandomAccess(file, where) : file;
        try
        {
            var genome = new ReferenceGenome(content, where, index is null ? FastaIndex.Make(content, where) : FastaIndex.Read(index, where + ".fai"));
            if (index is not null)
            {
                genome.CheckIndex();
            }

            return genome;
        }
        catch (DataException)
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>Writes the index beside a reference (<c>.fai</c>), so that it need not be made again.</summary>
    /// <param name="path">The reference.</param>
    public static void WriteIndex(string path)
    {
        using var genome = Open(path);
        FastaIndex.Write(path + ".fai", genome.Contigs);
    }

    /// <summary>Letters of a record in upper case.</summary>
    /// <param name="contig">The record's name, to the letter.</param>
    /// <param name="start">The first letter, from 0.</param>
    /// <param name="length">How many; the record must have them.</param>
    /// <exception cref="DataException">There is no such record or place, or it holds something else than letters.</exception>
    public string Letters(string contig, long start, int length)
    {
        var found = Find(contig);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (start < 0 || start > found.Length - length)
        {
            throw new DataException($"{_where}: {Shown(contig)} has {found.Length} letters, so none at {start + 1} to {start + length}: check that the positions belong to this reference.");
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Read(found, start, rented.AsSpan(0, length));
            return Encoding.ASCII.GetString(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>A window around a place in upper case; N stands for what lies beyond the record's ends.</summary>
    /// <param name="contig">The record's name, to the letter.</param>
    /// <param name="start">The first letter, from 0; may be negative.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="DataException">There is no such record.</exception>
    public string Window(string contig, long start, int length)
    {
        long end = Math.Min(start + length, Find(contig).Length);
        long from = Math.Max(start, 0);
        return from >= end
            ? new string('N', length)
            : Letters(contig, from, (int)(end - from)).PadLeft((int)(end - start), 'N').PadRight(length, 'N');
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _content.Dispose();

    /// <summary>Puts letters of a record, in upper case, where the caller says.</summary>
    internal void Read(FastaContig contig, long start, Span<byte> letters)
    {
        int done = 0;
        while (done < letters.Length)
        {
            (long line, long inLine) = Math.DivRem(start + done, contig.LineLetters);
            int count = (int)Math.Min(contig.LineLetters - inLine, letters.Length - done);
            _content.Position = contig.Offset + (line * contig.LineBytes) + inLine;
            var piece = letters.Slice(done, count);
            if (_content.ReadAtLeast(piece, count, throwOnEndOfStream: false) < count || piece.IndexOfAnyExcept(Nucleotides.AllCodes) >= 0)
            {
                throw new DataException($"{_where}: holds no letters where its index says: delete the index, and it is made anew.");
            }

            Ascii.ToUpperInPlace(piece, out _);
            done += count;
        }
    }

    internal FastaContig Find(string contig) => _byName.GetValueOrDefault(contig)
        ?? throw new DataException($"{_where}: has no record {Shown(contig)}; it has {string.Join(", ", Contigs.Take(5).Select(one => Shown(one.Name)))}{(Contigs.Length > 5 ? " ..." : "")}: name the contigs that mean the same.");

    internal static string Shown(string name) => name.Length <= 40 ? name : name[..37] + "...";

    /// <summary>Holds an index that was read against the file: a header of the right name must stand in front of each record, and its end must lie in the file.</summary>
    private void CheckIndex()
    {
        foreach (var contig in Contigs)
        {
            long end = contig.Length == 0 ? contig.Offset : contig.Offset + ((contig.Length - 1) / contig.LineLetters * contig.LineBytes) + ((contig.Length - 1) % contig.LineLetters) + 1;
            bool fits = end <= _content.Length && contig.Offset <= _content.Length;
            byte[] before = new byte[fits ? (int)Math.Min(contig.Offset, 1 << 12) : 0];
            _content.Position = fits ? contig.Offset - before.Length : 0;
            fits = fits && _content.ReadAtLeast(before, before.Length, throwOnEndOfStream: false) == before.Length;
            string text = Encoding.UTF8.GetString(before).TrimEnd('\n', '\r');
            string header = text[(text.LastIndexOf('\n') + 1)..];
            fits = fits && (header.Split([' ', '\t'], 2)[0] == ">" + contig.Name || (header.Length > 4000 && !header.StartsWith('>')));
            if (!fits)
            {
                throw new DataException($"{_where}.fai: does not fit the file beside it at the record {Shown(contig.Name)}: delete the index, and it is made anew.");
            }
        }
    }

    private static MemoryStream Unpacked(GeneFile file)
    {
        var memory = new MemoryStream();
        byte[] piece = new byte[1 << 16];
        int read;
        while ((read = file.Content.Read(piece)) > 0)
        {
            memory.Write(piece, 0, read);
            if (memory.Length > LargestUnindexed)
            {
                throw new DataException($"{file.Where}: is packed as one piece, in which no place can be found: unpack it, or pack it with bgzip.");
            }
        }

        memory.Position = 0;
        return memory;
    }
}
