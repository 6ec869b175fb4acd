namespace MedTune.Data.Genes;

/// <summary>A piece of a chromosome.</summary>
/// <param name="Chromosome">The chromosome, named as in the file.</param>
/// <param name="Start">The first letter, from 0.</param>
/// <param name="End">The letter behind the last one, from 0; End - Start is the length.</param>
/// <param name="Strand">The strand.</param>
/// <param name="Name">The name; empty where it has none.</param>
/// <param name="Kind">What it is (<c>gene</c>, <c>exon</c>); empty in BED.</param>
public sealed record GenomicRegion(string Chromosome, long Start, long End, GenomicStrand Strand = GenomicStrand.Unknown, string Name = "", string Kind = "")
{
    /// <summary>Letters.</summary>
    public long Length => End - Start;

    /// <summary>Whether a place lies in it.</summary>
    /// <param name="position">The place, from 0.</param>
    public bool Contains(long position) => position >= Start && position < End;
}
