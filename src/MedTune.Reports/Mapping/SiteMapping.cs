namespace MedTune.Reports.Mapping;

/// <summary>The sites that were left out in turn.</summary>
internal static class SiteMapping
{
    /// <summary>Null where none was.</summary>
    public static SiteContent? Of(SiteFigures? figures) => figures is null
        ? null
        : new SiteContent(
            SubgroupMapping.Of([new SubgroupFigures("site", figures.Sites)])[0].Rows,
            [
                .. figures.Summaries.Where(pair => pair.Value.Mean.IsDefined).Select(pair => new SiteSummary(
                    pair.Value.Sites,
                    new MetricRow(pair.Key, pair.Value.Mean.Value, pair.Value.Mean.Low, pair.Value.Mean.High, pair.Value.Mean.Method),
                    pair.Value.Prediction.Low,
                    pair.Value.Prediction.High,
                    pair.Value.Tau,
                    pair.Value.Scale)),
            ])
        {
            Straddling = figures.Straddling,
        };
}
