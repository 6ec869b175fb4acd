using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>A linear model at one penalty of a path: weights of standardized features, most of them zero.</summary>
/// <param name="Penalty">The penalty, on the mean log-likelihood of a sample.</param>
/// <param name="Intercepts">One for each margin: a single one for two classes, else one per class.</param>
/// <param name="Weights">The weights that are not zero, by margin and then by feature.</param>
/// <param name="Explained">The share of the deviance of the training samples that is explained, 0 to 1.</param>
public sealed record ElasticNetFit(double Penalty, ImmutableArray<double> Intercepts, ImmutableArray<ElasticNetWeight> Weights, double Explained)
{
    /// <summary>The features with a weight other than zero in any margin, ascending.</summary>
    public ImmutableArray<int> Features => [.. Weights.Select(weight => weight.Feature).Distinct().Order()];
}
