namespace MedTune.Graphs.Architectures;

/// <summary>The extents of a small transformer over DNA sequences.</summary>
public sealed record DnaTransformerOptions
{
    /// <summary>Letters per sequence. Default 256.</summary>
    public int Length { get; init; } = 256;

    /// <summary>Numbers per place; a multiple of <see cref="Heads"/>. Default 64.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Letters the first convolution sees. Odd. Default 11.</summary>
    public int Motif { get; init; } = 11;

    /// <summary>Number of blocks. Default 2.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Attention heads per block. Default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Letters pooled into one place. Default 4.</summary>
    public int Pool { get; init; } = 4;

    /// <summary>The most places that have a position of their own. Default 512.</summary>
    public int Positions { get; init; } = 512;

    /// <summary>Logits per sequence. Default 2.</summary>
    public int Classes { get; init; } = 2;

    /// <summary>Whether the network answers which letter stands at each place: logits [N, 4, length]. The length is then a multiple of the pool. Default no.</summary>
    public bool TellsLetters { get; init; }

    /// <summary>Channels that keep their place up to the classifier. Default 16.</summary>
    public int Places { get; init; } = 16;

    /// <summary>Units of a layer before the classifier. Default 64.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Share of the values that are dropped in training before each layer of the classifier, from 0 to below 1. Default 0.</summary>
    public float Dropout { get; init; }

    /// <summary>Seed of the first weights; null leaves them zero. Default 0.</summary>
    public ulong? Seed { get; init; } = 0;
}
