using System.Collections.Immutable;

namespace MedTune;

/// <summary>What one column adds to the answers.</summary>
/// <param name="Column">The column.</param>
/// <param name="MeanAbsolute">Mean size of its contributions, in log-odds.</param>
/// <param name="Points">Its contributions in rising order, for two classes; empty for several, where samples speak of different classes.</param>
public sealed record ColumnContributions(string Column, double MeanAbsolute, ImmutableArray<ContributionPoint> Points);
