using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>What trees learn from.</summary>
/// <param name="Features">Binned features of the training samples.</param>
/// <param name="Classes">Class of each training sample, from 0.</param>
/// <param name="Groups">Samples of one group stand on one side when some are held out.</param>
/// <param name="ClassCount">Number of classes, at least 2.</param>
public sealed record TreeSamples(BinnedFeatures Features, ImmutableArray<int> Classes, ImmutableArray<int> Groups, int ClassCount)
{
    /// <summary>Margins to start from, one sample after the other; empty to start from the classes' shares. Boosting only.</summary>
    public ImmutableArray<float> Offsets { get; init; } = [];

    /// <summary>Number of samples.</summary>
    public int Count => Classes.Length;

    /// <summary>Margins per sample: one for two classes, else one per class.</summary>
    public int Margins => ClassCount == 2 ? 1 : ClassCount;
}
