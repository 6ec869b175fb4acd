namespace MedTune.Data.Genes;

/// <summary>What a person says about genotypes and their labels.</summary>
public sealed record GenotypeOptions
{
    /// <summary>How the variants are read. Default: a practical reading.</summary>
    public VcfReadOptions Reading { get; init; } = new();

    /// <summary>The column of labels. Default: null, the column <c>label</c>, or the second of two.</summary>
    public string? Target { get; init; }

    /// <summary>The column of samples. Default: null, the column <c>sample</c>, or the first.</summary>
    public string? Sample { get; init; }

    /// <summary>The positive of two classes. Default: null, by the names.</summary>
    public string? Positive { get; init; }

    /// <summary>The reference by which variants are checked and brought into their normal form. Default: null, they are only split and shortened.</summary>
    public ReferenceGenome? Reference { get; init; }

    /// <summary>Which names mean the same contig in variants and reference. Default: names must be equal to the letter.</summary>
    public ContigNames Contigs { get; init; } = ContigNames.Exact;

    /// <summary>Whether variants that failed a filter are left out. Default: true.</summary>
    public bool PassedOnly { get; init; } = true;

    /// <summary>Most bytes of genotypes (variants times samples) that are held. Default: 2^30.</summary>
    public long LargestTable { get; init; } = 1L << 30;

    internal static GenotypeOptions Default { get; } = new();
}
