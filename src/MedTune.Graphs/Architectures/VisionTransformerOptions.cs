namespace MedTune.Graphs.Architectures;

/// <summary>The extents of a vision transformer; by default those of ViT-Tiny with patches of 16 pixels.</summary>
public sealed record VisionTransformerOptions
{
    /// <summary>What the network is called. Default <c>vit-tiny</c>.</summary>
    public string Name { get; init; } = "vit-tiny";

    /// <summary>Side of a patch in pixels; the image's sides are multiples of it. Default 16.</summary>
    public int Patch { get; init; } = 16;

    /// <summary>Numbers per token; a multiple of <see cref="Heads"/>. Default 192.</summary>
    public int Width { get; init; } = 192;

    /// <summary>Number of blocks. Default 12.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>Attention heads per block. Default 3.</summary>
    public int Heads { get; init; } = 3;

    /// <summary>Units of the hidden layer of a block, in multiples of <see cref="Width"/>. Default 4.</summary>
    public int HiddenRatio { get; init; } = 4;

    /// <summary>Tokens without meaning of their own beside the class token (Darcet et al., ICLR 2024). Default 0.</summary>
    public int Registers { get; init; }

    /// <summary>Where the factors after attention and perceptron start (layer scale, Touvron et al., ICCV 2021); null (default) for none.</summary>
    public float? LayerScale { get; init; }

    /// <summary>ViT-Tiny: width 192, 3 heads.</summary>
    public static VisionTransformerOptions Tiny { get; } = new();

    /// <summary>ViT-Small: width 384, 6 heads. Also the network of DINO.</summary>
    public static VisionTransformerOptions Small { get; } = new() { Name = "vit-small", Width = 384, Heads = 6 };

    /// <summary>ViT-Base: width 768, 12 heads.</summary>
    public static VisionTransformerOptions Base { get; } = new() { Name = "vit-base", Width = 768, Heads = 12 };

    /// <summary>These extents as DINOv2 has them (Oquab et al., 2023): patches of 14 pixels and layer scale.</summary>
    /// <param name="registers">0, or 4 in the variants with registers.</param>
    public VisionTransformerOptions AsDinoV2(int registers = 0) =>
        this with { Name = Name + (registers > 0 ? "-dinov2-registers" : "-dinov2"), Patch = 14, LayerScale = 1e-5f, Registers = registers };
}
