using System.Collections.Immutable;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>One fit of one candidate: which samples it may see.</summary>
/// <param name="Space">Preprocessing measured on the training rows.</param>
/// <param name="Rows">The training rows.</param>
/// <param name="Groups">Samples of one group belong to one patient, or are equal; by row of the dataset.</param>
/// <param name="ClassCount">Number of classes.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Stream">Tells this fit from the others of the run.</param>
internal sealed record FitTask(
    FeatureSpace Space, ImmutableArray<int> Rows, ImmutableArray<int> Groups, int ClassCount, ulong Seed, ulong Stream)
{
    /// <summary>Threads for this fit; their number changes no bit.</summary>
    public TaskPool Pool { get; init; } = TaskPool.Sequential;

    /// <summary>The loss for the number of classes.</summary>
    public Loss Loss => Loss.For(ClassCount);

    /// <summary>The training samples.</summary>
    public TrainingSamples Samples => Space.Samples;

    /// <summary>Margins per sample.</summary>
    public int Margins => ClassCount == 2 ? 1 : ClassCount;
}
