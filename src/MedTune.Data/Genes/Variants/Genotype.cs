using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>The alleles of one sample at one variant.</summary>
/// <param name="Alleles">For each copy of the chromosome 0 for the reference, 1, 2 ... for an alternate allele, -1 where unknown.</param>
/// <param name="IsPhased">Whether the order says which copy is meant.</param>
public sealed record Genotype(ImmutableArray<int> Alleles, bool IsPhased)
{
    /// <summary>Copies of the chromosome: 2, or 1 where there is one only (X and Y of men, mitochondria).</summary>
    public int Ploidy => Alleles.Length;

    /// <summary>Whether a copy is unknown.</summary>
    public bool IsMissing => Alleles.Any(allele => allele < 0);
}
