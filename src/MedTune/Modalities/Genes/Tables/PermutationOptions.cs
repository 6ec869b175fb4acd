namespace MedTune.Modalities.Genes;

/// <summary>How a permutation test is done.</summary>
internal sealed record PermutationOptions
{
    /// <summary>How often labels are shuffled. Default 200.</summary>
    public int Permutations { get; init; } = 200;

    /// <summary>The penalty of the ridge regressions, the same for the true labels and all others. Default 0.01 of the samples' mean squared length.</summary>
    public double Penalty { get; init; } = 0.01;
}
