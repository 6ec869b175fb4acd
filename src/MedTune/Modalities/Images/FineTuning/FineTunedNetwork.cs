using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>What fine-tuning made of a network.</summary>
/// <param name="Backbone">The network with the weights of the best epoch.</param>
/// <param name="Head">Its head.</param>
/// <param name="Epochs">Epochs that were done.</param>
/// <param name="BestEpoch">The epoch with the smallest loss on checked pictures; 0 where training only made it worse.</param>
/// <param name="History">Every epoch, from 0.</param>
/// <param name="Dynamics">How each trained picture fared, by its place among them; pictures that were mixed are not recorded.</param>
internal sealed record FineTunedNetwork(
    ImageBackbone Backbone, LinearMargins Head, int Epochs, int BestEpoch, ImmutableArray<EpochFigures> History, TrainingDynamics Dynamics)
{
    /// <summary>The share of the time in which training waited for pictures to be read; it differs from run to run.</summary>
    public double WaitingShare { get; init; }

    /// <summary>How long each epoch took that was done in this session, with its check; it differs from run to run.</summary>
    public ImmutableArray<double> Seconds { get; init; } = [];

    /// <summary>Whether only the last part of the network ran, on what was kept of the part before.</summary>
    public bool IsLastPart { get; init; }
}
