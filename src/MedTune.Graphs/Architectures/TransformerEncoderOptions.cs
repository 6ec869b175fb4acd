namespace MedTune.Graphs.Architectures;

/// <summary>The extents of a transformer encoder for tokens; by default those of BERT-base (Devlin et al., NAACL 2019).</summary>
public sealed record TransformerEncoderOptions
{
    /// <summary>Number of different tokens. Default 30,522.</summary>
    public int Vocabulary { get; init; } = 30_522;

    /// <summary>Longest sequence in tokens. Default 512.</summary>
    public int Positions { get; init; } = 512;

    /// <summary>Kinds of segments. Default 2.</summary>
    public int Segments { get; init; } = 2;

    /// <summary>Numbers per token; a multiple of <see cref="Heads"/>. Default 768.</summary>
    public int Width { get; init; } = 768;

    /// <summary>Number of blocks. Default 12.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>Attention heads per block. Default 12.</summary>
    public int Heads { get; init; } = 12;

    /// <summary>Units of the hidden layer of every block. Default 3072.</summary>
    public int Hidden { get; init; } = 3072;

    /// <summary>Number of classes. Default 2.</summary>
    public int Classes { get; init; } = 2;

    /// <summary>Share of activations dropped in training after embeddings and sublayers and before the classifier, from 0 (default, no nodes) to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>Seed of the first weights; null leaves them zero, for a network whose weights will be loaded. Default 0.</summary>
    public ulong? Seed { get; init; } = 0;
}
