using System.Collections.Immutable;

namespace MedTune.Modalities.Tabular;

/// <summary>What a validation decided.</summary>
/// <param name="Score">The preferred candidate with its setting and calibration.</param>
/// <param name="Scores">Every candidate at its own best.</param>
/// <param name="Threshold">The probability from which the positive class is answered; NaN for several classes.</param>
internal sealed record Choice(CandidateScore Score, ImmutableArray<CandidateScore> Scores, double Threshold);
