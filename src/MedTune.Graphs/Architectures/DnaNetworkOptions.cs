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

    /// <summary>Seed of the first weights; null leaves them zero. Default 0.</summary>
    public ulong? Seed { get; init; } = 0;
}
