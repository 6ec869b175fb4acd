using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>A series in which one label stands for pictures of different kinds.</summary>
/// <param name="Usual">A picture of the series' commonest kind, by its number.</param>
/// <param name="Odd">Pictures with the same label that are of another kind.</param>
/// <param name="Differences">In what: <c>modality</c>, <c>plane</c>, <c>size</c>, <c>localizer</c>.</param>
public sealed record MixedSeries(int Usual, ImmutableArray<int> Odd, ImmutableArray<string> Differences);
