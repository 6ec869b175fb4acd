using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>How a path of elastic nets is followed.</summary>
public sealed record ElasticNetOptions
{
    /// <summary>The share of the penalty that is the sum of absolute weights (lasso), which makes most of them zero; the rest is half the sum of squares (ridge). Above 0 to 1. Default 0.5.</summary>
    public double LassoShare { get; init; } = 0.5;

    /// <summary>Penalties of the path, 2 to 1000. Default 50.</summary>
    public int Count { get; init; } = 50;

    /// <summary>The smallest penalty as a share of the largest, at which all weights are zero; above 0 to below 1. Default 0.05.</summary>
    public double SmallestShare { get; init; } = 0.05;

    /// <summary>Penalties to follow instead, from the largest to the smallest, each above 0. Default: none given.</summary>
    public ImmutableArray<double> Penalties { get; init; } = [];

    /// <summary>The path ends where it explains more than this share of the deviance: what follows only repeats the training samples. Above 0 to 1. Default 0.99.</summary>
    public double MostExplained { get; init; } = 0.99;

    /// <summary>The path ends behind the first fit in which more features than this have a weight; at least 1. Default: no limit.</summary>
    public int MostFeatures { get; init; } = int.MaxValue;

    /// <summary>A fit is finished when no weight would change the objective by more than this, as a share of the deviance without weights. Default 1e-9.</summary>
    public double Tolerance { get; init; } = 1e-9;

    internal void Check()
    {
        Require(LassoShare is > 0 and <= 1, nameof(LassoShare));
        Require(Count is >= 2 and <= 1000, nameof(Count));
        Require(SmallestShare is > 0 and < 1, nameof(SmallestShare));
        Require(!Penalties.IsDefault && Penalties.All(penalty => penalty > 0 && double.IsFinite(penalty)), nameof(Penalties));
        Require(MostExplained is > 0 and <= 1, nameof(MostExplained));
        Require(MostFeatures >= 1, nameof(MostFeatures));
        Require(Tolerance is > 0 and < 1, nameof(Tolerance));
    }

    private static void Require(bool holds, string name)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, "The option is out of its range.");
        }
    }
}
