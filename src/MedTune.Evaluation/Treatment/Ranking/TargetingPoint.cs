namespace MedTune.Evaluation;

/// <summary>What treating the first share of patients by priority would gain over treating as many at random.</summary>
/// <param name="Share">The share q of rows treated, above 0 and at most 1.</param>
/// <param name="Advantage">TOC(q): the average effect among them minus the average effect of all; 0 at q = 1.</param>
public readonly record struct TargetingPoint(double Share, Estimate Advantage);
