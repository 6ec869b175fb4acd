namespace MedTune.Data.Genes;

/// <summary>A definition of the header: what a key of INFO or FORMAT holds.</summary>
/// <param name="Id">The key.</param>
/// <param name="Number">How many values: a number, <c>A</c> (one for each alternate allele), <c>R</c> (each allele), <c>G</c> (each genotype) or <c>.</c> (any).</param>
/// <param name="Type">Integer, Float, Flag, Character or String.</param>
public sealed record VcfDefinition(string Id, string Number, string Type);
