using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>The columns of a table with their kinds and roles, and the features among them.</summary>
internal sealed record SelectedColumns(
    ImmutableArray<FeatureColumn> Features,
    ImmutableArray<ColumnProfile> Profiles,
    ImmutableArray<Finding> Findings);
