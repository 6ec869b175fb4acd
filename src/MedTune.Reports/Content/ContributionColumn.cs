namespace MedTune.Reports;

/// <summary>What one column adds to the answers.</summary>
/// <param name="Name">The column.</param>
/// <param name="MeanAbsolute">Mean size of its contributions, in log-odds.</param>
/// <param name="Points">Contributions (X, log-odds) with the rank of the value among all (Y, 0..1; NaN for none); empty for none to draw.</param>
public sealed record ContributionColumn(string Name, double MeanAbsolute, IReadOnlyList<CurvePoint> Points);
