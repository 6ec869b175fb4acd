namespace MedTune;

/// <summary>A pretrained model that can be had: what it is, where it comes from, under which licence, and how its file is known.</summary>
public sealed record CatalogueEntry
{
    /// <summary>What one types: letters, digits, points, hyphens and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in one line.</summary>
    public required string Description { get; init; }

    /// <summary>The network, such as <c>resnet18</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>What it was trained to look at, such as <c>chest X-ray</c>.</summary>
    public required string Modality { get; init; }

    /// <summary>The file's name in the folder of models, with <c>.onnx</c> or <c>.safetensors</c> at its end.</summary>
    public required string File { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The file's SHA-256, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The licence's name as one accepts it, such as <c>Apache-2.0</c>.</summary>
    public required string Licence { get; init; }

    /// <summary>Who made it, from what, and what is to be known of that; empty by default.</summary>
    public string Origin { get; init; } = string.Empty;

    /// <summary>The address of the file, http or https; null (default) where it has to be put into the folder of models by hand.</summary>
    public string? Source { get; init; }

    /// <summary>How an image is brought to the network; null (default) where it reads something else.</summary>
    public InputNormalization? Input { get; init; }
}
