using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>Internal-external validation: every site predicted by what all other sites decide and fit, and what a further site can expect.</summary>
/// <param name="Sites">
/// The sites left out in turn, in ordinal order, with the figures of <see cref="SiteEvaluation.Of"/>; a site too small for that says so and nothing else:
/// its patients only train.
/// </param>
/// <param name="Summaries">By figure, the mean over the sites left out; see <see cref="SiteEvaluation.Summarize"/>.</param>
/// <param name="Straddling">Patients who occur at several sites; none of them trains for a site they occur at.</param>
public sealed record SiteFigures(
    ImmutableArray<SubgroupResult> Sites, ImmutableSortedDictionary<string, RandomEffectsSummary> Summaries, int Straddling);
