namespace MedTune;

/// <summary>What a column added for one sample, which is not named.</summary>
/// <param name="LogOdds">Added to the log-odds.</param>
/// <param name="Rank">Where the sample's value stands among the others', from 0 (lowest) to 1 (highest); NaN for missing values and levels that are no numbers.</param>
public readonly record struct ContributionPoint(double LogOdds, double Rank);
