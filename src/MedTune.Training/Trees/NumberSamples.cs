using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>What trees for a number learn from.</summary>
/// <param name="Features">Binned features of the training samples.</param>
/// <param name="Targets">The number of each training sample, finite.</param>
/// <param name="Groups">Samples of one group stand on one side when some are held out.</param>
public sealed record NumberSamples(BinnedFeatures Features, ImmutableArray<double> Targets, ImmutableArray<int> Groups)
{
    /// <summary>How much each sample counts, above 0 and finite; a mean near 1 keeps <see cref="TreeOptions.ChildWeight"/> a number of samples. Default: empty, all alike.</summary>
    public ImmutableArray<double> Weights { get; init; } = [];

    /// <summary>Number of samples.</summary>
    public int Count => Targets.Length;

    internal double WeightOf(int row) => Weights.IsEmpty ? 1 : Weights[row];

    internal void Check()
    {
        if (Features.Rows != Count || Groups.Length != Count || (!Weights.IsEmpty && Weights.Length != Count) || Count == 0)
        {
            throw new ArgumentException("Features, targets, groups and weights must be of the same samples, and at least of one.");
        }

        if (!Targets.All(double.IsFinite) || !Weights.All(weight => weight > 0 && double.IsFinite(weight)))
        {
            throw new ArgumentException("Targets must be finite, and weights above 0 and finite.");
        }
    }
}
