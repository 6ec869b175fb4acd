using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How one fact known before treatment differs between the arms, as observed and after weighting.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">What is compared.</param>
/// <param name="Level">The level of a share; empty otherwise.</param>
/// <param name="Values">By arm: the mean or share; NaN where an arm has no known value.</param>
/// <param name="Weighted">By arm, after weighting; empty without weights.</param>
/// <param name="Differences">By arm: the standardized difference from the control (0 for the control itself); infinite where a fact separates two arms, NaN where unknown.</param>
/// <param name="WeightedDifferences">The same after weighting; empty without weights.</param>
public sealed record BalanceLine(
    string Column,
    BalanceKind Kind,
    string Level,
    ImmutableArray<double> Values,
    ImmutableArray<double> Weighted,
    ImmutableArray<double> Differences,
    ImmutableArray<double> WeightedDifferences)
{
    /// <summary>The largest absolute difference between any two arms, not only from the control: what a love plot shows. NaN where no two arms are known.</summary>
    public double Largest { get; init; }

    /// <summary>The same after weighting; NaN without weights.</summary>
    public double LargestWeighted { get; init; }
}
