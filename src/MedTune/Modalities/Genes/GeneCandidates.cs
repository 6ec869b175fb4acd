using System.Collections.Immutable;

namespace MedTune.Modalities.Genes;

/// <summary>The kinds of model for each form of gene data.</summary>
internal static class GeneCandidates
{
    /// <summary>The candidates of a plan, in its order.</summary>
    public static ImmutableArray<GeneCandidate> Of(Plan plan, GeneData data) => [.. plan.Models.Select(model => CandidateOf(model))];

    private static GeneCandidate CandidateOf(string model) => model switch
    {
        _ => throw new PlanException($"There is no kind of model '{model}' for gene data."),
    };
}
