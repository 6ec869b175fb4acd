using System.Collections.Immutable;

namespace MedTune.Reports.Mapping;

/// <summary>Groups of people as tables.</summary>
internal static class SubgroupMapping
{
    public static IReadOnlyList<SubgroupTable> Of(ImmutableArray<SubgroupFigures> figures) =>
    [
        .. figures.Where(each => each.Groups.Length > 0).Select(each => new SubgroupTable(each.Column,
        [
            .. each.Groups.Select(group => new SubgroupRow(group.Name, group.IsTooFew)
            {
                Samples = group.Count,
                Events = group.Events,
                Metrics = [.. group.Metrics.Select(pair => new MetricRow(pair.Key, pair.Value.Value, pair.Value.Low, pair.Value.High, pair.Value.Method))],
            }),
        ])),
    ];
}
