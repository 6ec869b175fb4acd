using System.Collections.Immutable;

namespace MedTune;

/// <summary>What a filter of a network's first layer looks for, as a sequence logo.</summary>
/// <param name="Class">The class that it speaks for.</param>
/// <param name="Windows">How many windows it was made from: those that excite the filter most, each of another sequence.</param>
/// <param name="Correlation">Correlation of the filter's largest answer in a sequence with the log-odds of the class, above 0.</param>
/// <param name="Shares">Share of A, C, G and T at each place [places, 4].</param>
/// <param name="Bits">Information of each place, 0 to 2: the height of its letters together.</param>
public sealed record SequenceMotif(string Class, int Windows, double Correlation, ImmutableArray<double> Shares, ImmutableArray<double> Bits);
