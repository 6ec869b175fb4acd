namespace MedTune.Reports;

/// <summary>One figure over the sites.</summary>
/// <param name="Sites">Sites it is the mean of.</param>
/// <param name="Mean">The mean with its 95 % interval.</param>
/// <param name="PredictionLow">Lower end of the 95 % interval for a further site; NaN when there is none.</param>
/// <param name="PredictionHigh">Upper end of the same.</param>
/// <param name="Tau">Standard deviation between sites; NaN when not known.</param>
/// <param name="Scale">The scale of <paramref name="Tau"/>: <c>logit</c>, <c>log</c> or <c>plain</c>.</param>
public sealed record SiteSummary(int Sites, MetricRow Mean, double PredictionLow, double PredictionHigh, double Tau, string Scale);
