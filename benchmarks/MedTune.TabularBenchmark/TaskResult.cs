using System.Collections.Immutable;

namespace MedTune.TabularBenchmark;

/// <summary>What one task gave.</summary>
internal sealed record TaskResult(
    string Name, Scores[] Folds, double Seconds, string ModelKind, ImmutableArray<CandidateResult> Candidates, string Note)
{
    /// <summary>Mean over the folds.</summary>
    public Scores Mean => Scores.Mean(Folds);
}
