namespace MedTune.Data.Genes;

/// <summary>Two samples with nearly the same genotypes: one person twice, or identical twins.</summary>
/// <param name="First">The number of one, the smaller.</param>
/// <param name="Second">The number of the other.</param>
/// <param name="Concordance">The share of variants known in both at which they agree.</param>
public sealed record AlikeSamples(int First, int Second, double Concordance);
