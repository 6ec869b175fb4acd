namespace MedTune.Reports;

/// <summary>The figures of one group of people.</summary>
/// <param name="Name">The group.</param>
/// <param name="IsTooFew">Whether it is too small to be shown.</param>
public sealed record SubgroupRow(string Name, bool IsTooFew = false)
{
    /// <summary>Rows; null where not shown.</summary>
    public int? Samples { get; init; }

    /// <summary>Rows with the outcome; null where not shown.</summary>
    public int? Events { get; init; }

    /// <summary>The metrics, in any order; empty when too few.</summary>
    public IReadOnlyList<MetricRow> Metrics { get; init; } = [];
}
