using System.Collections.Immutable;

namespace MedTune.Modalities.Images;

/// <summary>What a fit needs of a fine-tuned network, whether it was trained now or read from the journal.</summary>
/// <param name="Backbone">With the weights of the best epoch.</param>
/// <param name="Head">Its head.</param>
/// <param name="Epochs">Epochs that were done.</param>
/// <param name="BestEpoch">The epoch with the smallest loss on checked pictures.</param>
/// <param name="History">Every epoch.</param>
internal sealed record TunedNetwork(ImageBackbone Backbone, LinearMargins Head, int Epochs, int BestEpoch, ImmutableArray<EpochFigures> History)
{
    /// <summary>Of a network trained now.</summary>
    public static TunedNetwork Of(FineTunedNetwork network) => new(network.Backbone, network.Head, network.Epochs, network.BestEpoch, network.History);
}
