using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>What <see cref="DatasetBuilder"/> puts together; the members are those of <see cref="Dataset"/>.</summary>
internal sealed record DatasetParts
{
    public required Table Table { get; init; }

    public required DatasetOptions Options { get; init; }

    public required MissingMarkers Missing { get; init; }

    public required TargetRule? Rule { get; init; }

    public required int[] RowNumbers { get; init; }

    public required int[] Target { get; init; }

    public required ImmutableArray<string> ClassNames { get; init; }

    public required ImmutableArray<FeatureColumn> Features { get; init; }

    public required ImmutableArray<ColumnProfile> Profiles { get; init; }

    public required int[]? Patients { get; init; }

    public required int[]? Sites { get; init; }

    public required ImmutableArray<string> SiteNames { get; init; }

    public required int[] DuplicateGroups { get; init; }

    public required Lazy<ImmutableArray<string>> RowDigests { get; init; }

    public required string Digest { get; init; }

    public required ImmutableArray<Finding> Findings { get; init; }

    public required ImmutableArray<LeakSuspect> Leaks { get; init; }

    public required ImmutableArray<LeftOutRows> LeftOut { get; init; }
}
