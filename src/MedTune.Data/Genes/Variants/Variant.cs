namespace MedTune.Data.Genes;

/// <summary>A change of letters at one place: one alternate allele, left-aligned and as short as it can be written.</summary>
/// <param name="Chromosome">The chromosome, named as in the reference.</param>
/// <param name="Position">The position of the first letter of <paramref name="Reference"/>, from 1.</param>
/// <param name="Reference">The letters of the reference.</param>
/// <param name="Alternate">The letters in their place; for what is no change of letters (<c>*</c>, symbols, breakends) as written.</param>
public sealed record Variant(string Chromosome, int Position, string Reference, string Alternate);
