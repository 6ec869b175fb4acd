namespace MedTune.Data.Genes;

/// <summary>Two samples that are related.</summary>
/// <param name="First">The number of one, the smaller.</param>
/// <param name="Second">The number of the other.</param>
/// <param name="Kinship">The kinship coefficient: about 0.25 for first degrees, 0.125 for second degrees.</param>
public sealed record RelatedSamples(int First, int Second, double Kinship);
