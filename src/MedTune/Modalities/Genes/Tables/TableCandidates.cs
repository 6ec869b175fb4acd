using System.Collections.Immutable;
using MedTune.Data.Genes;

namespace MedTune.Modalities.Genes;

/// <summary>The models that are fitted to tables of genes or variants.</summary>
internal static class TableCandidates
{
    /// <summary>All of them, the safest first.</summary>
    /// <param name="input">What the table holds.</param>
    public static ImmutableArray<GeneCandidate> For(GeneForm input) => input switch
    {
        GeneForm.Expression => [new RidgeCandidate(), new RidgeCandidate(20, 50, 200), new ElasticNetCandidate(), new ForestTableCandidate(), new BoostingTableCandidate()],
        GeneForm.Genotype => [new RidgeCandidate(), new ForestTableCandidate(), new BoostingTableCandidate()],
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "Sequences have models of their own."),
    };
}
