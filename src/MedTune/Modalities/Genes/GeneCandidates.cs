using System.Collections.Immutable;

namespace MedTune.Modalities.Genes;

/// <summary>The kinds of model for each form of gene data.</summary>
internal static class GeneCandidates
{
    /// <summary>The kinds of model of a plan that suit the data, in its order.</summary>
    /// <exception cref="PlanException">None does.</exception>
    public static ImmutableArray<string> Suiting(Plan plan, GeneData data)
    {
        ImmutableArray<string> suiting = [.. plan.Models.Where(model => Suits(model, data))];
        return suiting.IsEmpty ? throw new PlanException("The model 'one-hot' compares letters place by place, and the sequences have several lengths; take another one, or cut all to one window.") : suiting;
    }

    /// <summary>The candidate of a kind.</summary>
    /// <param name="model">Its name in plans.</param>
    /// <param name="genes">What else the plan says; null for nothing.</param>
    public static GeneCandidate Of(string model, GenePlan? genes = null) => model switch
    {
        Plan.RidgeModel => new RidgeCandidate(),
        Plan.FewGenesModel => new RidgeCandidate(20, 50, 200),
        Plan.ElasticNetModel => new ElasticNetCandidate(),
        Plan.DosageModel => new DosageCandidate(),
        Plan.ForestModel => new ForestTableCandidate(),
        Plan.BoostingModel => new BoostingTableCandidate(),
        Plan.KmerModel => new KmerCandidate(),
        Plan.OneHotModel => new OneHotCandidate(),
        Plan.NetworkModel => new DnaNetworkCandidate(genes?.Network),
        _ => throw new PlanException($"There is no kind of model '{model}' for gene data."),
    };

    // Places mean the same only in sequences of one length.
    private static bool Suits(string model, GeneData data) => model != Plan.OneHotModel || OneHotCandidate.Fits(data);
}
