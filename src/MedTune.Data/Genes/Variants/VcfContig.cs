namespace MedTune.Data.Genes;

/// <summary>A contig that a VCF header names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its letters, or null where the header does not say.</param>
public sealed record VcfContig(string Name, long? Length);
