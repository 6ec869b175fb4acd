using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>The columns of a table with their kinds and roles, the features among them, and the columns that would be features had they not been dropped.</summary>
internal sealed record SelectedColumns(
    ImmutableArray<FeatureColumn> Features,
    ImmutableArray<ColumnProfile> Profiles,
    ImmutableArray<Finding> Findings,
    ImmutableArray<FeatureColumn> Dropped);
