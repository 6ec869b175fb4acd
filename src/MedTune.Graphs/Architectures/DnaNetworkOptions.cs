namespace MedTune.Graphs.Architectures;

/// <summary>The extents of a network over DNA sequences.</summary>
public sealed record DnaNetworkOptions
{
    /// <summary>Letters per sequence. Default 1000.</summary>
    public int Length { get; init; } = 1000;

    /// <summary>Channels of every layer. Default 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Letters the first convolution sees: the length of a motif. Odd. Default 15.</summary>
    public int Motif { get; init; } = 15;

    /// <summary>Number of dilated blocks; block i has its taps 2^i places apart. Default 6.</summary>
    public int Blocks { get; init; } = 6;

    /// <summary>Places pooled into one after the first convolution. Default 4.</summary>
    public int Pool { get; init; } = 4;

    /// <summary>Logits per sequence. Default 2.</summary>
    public int Classes { get; init; } = 2;

    /// <summary>Whether the input is <c>tokens</c>, Int64 [N, length]: A, C, G, T as 0 to 3, anything else for a letter that is not known. Default no: letters as rows of ones.</summary>
    public bool ReadsTokens { get; init; }

    /// <summary>Whether the network answers which letter stands at each place, for learning without labels: logits [N, 4, length]. The length is then a multiple of the pool. Default no.</summary>
    public bool TellsLetters { get; init; }

    /// <summary>
    /// Channels that keep their place up to the classifier, which then also reads the largest value of every channel. Default 0: the classifier reads the mean of every channel alone,
    /// so that a motif counts alike wherever it stands.
    /// </summary>
    public int Places { get; init; }

    /// <summary>Units of a layer before the classifier, where it reads places. Default 64.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Share of the values that are dropped in training before each layer of such a classifier, from 0 to below 1. Default 0.</summary>
    public float Dropout { get; init; }

    /// <summary>Seed of the first weights; null leaves them zero. Default 0.</summary>
    public ulong? Seed { get; init; } = 0;
}
