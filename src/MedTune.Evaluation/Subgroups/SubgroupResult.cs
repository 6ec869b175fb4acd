using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How good the model is for one group of rows, or that the group is too small to say so.</summary>
/// <param name="Name">The group.</param>
/// <param name="IsTooFew">Whether the group is too small to be shown: then nothing else is known of it here, not even its size.</param>
/// <param name="Count">Rows; null where it is not shown, because a hidden group's size would follow from it.</param>
/// <param name="Patients">Patients; null like <paramref name="Count"/>.</param>
/// <param name="Events">Positive rows; null like <paramref name="Count"/>.</param>
/// <param name="Metrics">By name, in ordinal order: <c>auroc</c>, <c>log_loss</c>, <c>calibration_intercept</c>, <c>recall</c>, <c>specificity</c>, or those of <see cref="SiteEvaluation"/>; empty when too few.</param>
public sealed record SubgroupResult(
    string Name, bool IsTooFew, int? Count, int? Patients, int? Events, ImmutableSortedDictionary<string, Estimate> Metrics);
