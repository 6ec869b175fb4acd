using System.Collections.Immutable;

namespace MedTune.Modalities.Genes;

/// <summary>A score that others have published: a weighted sum of dosages, which joins a model as one more feature.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Weights">The weight of the alternate allele of features; an effect on the other allele counts the other way round, which moves the sum by a constant only.</param>
internal sealed record GeneScore(string Name, ImmutableArray<(int Feature, double Weight)> Weights);
