using System.Collections.Immutable;

namespace MedTune.Modalities.Genes;

/// <summary>The models that are fitted to tables of genes or variants.</summary>
internal static class TableCandidates
{
    /// <summary>All of them, the safest first.</summary>
    /// <param name="input">What the table holds.</param>
    public static ImmutableArray<GeneCandidate> For(GeneInput input) => input switch
    {
        GeneInput.Expression => [new RidgeCandidate(), new RidgeCandidate(20, 50, 200), new ElasticNetCandidate(), new ForestTableCandidate(), new BoostingTableCandidate()],
        GeneInput.Genotype => [new RidgeCandidate(), new ForestTableCandidate(), new BoostingTableCandidate()],
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "Sequences have models of their own."),
    };
}
