using System.Collections.Immutable;

namespace MedTune;

/// <summary>How one sample's risk comes about. Holds no value of the sample.</summary>
/// <param name="Row">0-based data row of the file.</param>
/// <param name="Probability">The risk.</param>
/// <param name="LogOdds">The log-odds before calibration.</param>
/// <param name="ReferenceLogOdds">The reference patient's.</param>
/// <param name="Contributions">What each column added, the weightiest first.</param>
public sealed record ExampleContributions(
    int Row, double Probability, double LogOdds, double ReferenceLogOdds, ImmutableArray<KeyValuePair<string, double>> Contributions)
{
    /// <summary>The class the log-odds speak for: the positive one, or of several the one answered.</summary>
    public string Class { get; init; } = "";
}
