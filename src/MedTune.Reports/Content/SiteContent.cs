namespace MedTune.Reports;

/// <summary>Every site as predicted by models that were made at the other sites.</summary>
/// <param name="Rows">
/// The sites, those too small to be left out among them. Metrics: <c>auroc</c>, <c>log_loss</c>, <c>log_loss_new_intercept</c>, <c>brier</c>,
/// <c>calibration_slope</c>, <c>observed_expected_ratio</c>.
/// </param>
/// <param name="Summaries">The means over sites that there are.</param>
public sealed record SiteContent(IReadOnlyList<SubgroupRow> Rows, IReadOnlyList<SiteSummary> Summaries)
{
    /// <summary>Patients who occur at several sites.</summary>
    public int Straddling { get; init; }
}
