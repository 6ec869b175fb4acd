using System.Collections.Immutable;

namespace MedTune.Prediction;

/// <summary>Which classes cannot be ruled out for a sample: those whose probability is high enough (conformal prediction: Sadinle, Lei and Wasserman, J Am Stat Assoc 2019).</summary>
/// <param name="Coverage">The share of samples like those of the training whose set holds the true class, such as 0.9.</param>
/// <param name="Threshold">A class is in the set where 1 - its probability is at most this; from 0 to 1.</param>
public sealed record ManifestSets(double Coverage, double Threshold)
{
    /// <summary>What the set of a finding can hold: <c>absent</c>, <c>present</c>.</summary>
    public static ImmutableArray<string> Sides { get; } = ["absent", "present"];

    /// <summary>What cannot be ruled out of a finding.</summary>
    /// <param name="probability">Of its presence.</param>
    internal ImmutableArray<string> OfFinding(double probability) => Of(Sides, [1 - probability, probability]);

    /// <summary>The classes of a sample's set, in their order.</summary>
    internal ImmutableArray<string> Of(ImmutableArray<string> classes, ImmutableArray<double> probabilities) =>
        [.. classes.Where((_, k) => 1 - probabilities[k] <= Threshold)];
}
