namespace MedTune.Modalities.Images;

/// <summary>How a network did in an epoch.</summary>
/// <param name="Epoch">From 1; 0 is the network as it began.</param>
/// <param name="TrainedLoss">Mean loss of the training pictures as they were changed, before each step; 0 for epoch 0.</param>
/// <param name="CheckedLoss">
/// Mean loss of the checked pictures after the epoch, with averaged weights, calibrated on these pictures: how well classes are told apart, not how sure the network is of them.
/// </param>
/// <param name="CheckedAccuracy">The share of them whose likeliest class is theirs.</param>
internal sealed record EpochFigures(int Epoch, double TrainedLoss, double CheckedLoss, double CheckedAccuracy);
