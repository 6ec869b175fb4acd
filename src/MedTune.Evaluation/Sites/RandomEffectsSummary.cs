namespace MedTune.Evaluation;

/// <summary>One figure over several sites: its mean, how much the sites differ, and what a further site can expect.</summary>
/// <param name="Sites">Sites whose figure and error are known; the others take no part.</param>
/// <param name="Mean">The mean over sites with its interval, in the figure's own units; undefined for fewer than three sites.</param>
/// <param name="Prediction">The same mean with the interval in which the true figure of a further site of the same kind is expected.</param>
/// <param name="Tau">The standard deviation of the true figures between sites, on <paramref name="Scale"/>; 0 or more, NaN where the mean is undefined.</param>
/// <param name="Scale">Where the figures were summarised: <c>logit</c>, <c>log</c> or <c>plain</c>.</param>
public sealed record RandomEffectsSummary(int Sites, Estimate Mean, Estimate Prediction, double Tau, string Scale);
