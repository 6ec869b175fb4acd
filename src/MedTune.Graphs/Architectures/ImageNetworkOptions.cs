namespace MedTune.Graphs.Architectures;

/// <summary>What an image network reads and answers.</summary>
public sealed record ImageNetworkOptions
{
    /// <summary>Number of classes: logits per image. Default 1000, the classes of ImageNet.</summary>
    public int Classes { get; init; } = 1000;

    /// <summary>Channels of the image: 3 for colour (default), 1 for grey.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Height of the images in pixels. Default 224.</summary>
    public int Height { get; init; } = 224;

    /// <summary>Width of the images in pixels. Default 224.</summary>
    public int Width { get; init; } = 224;

    /// <summary>Seed of the first weights; null leaves them zero, for a network whose weights will be loaded. Default 0.</summary>
    public ulong? Seed { get; init; } = 0;

    /// <summary>Square images of this many pixels a side.</summary>
    /// <param name="pixels">At least 1.</param>
    /// <param name="classes">Logits per image.</param>
    public static ImageNetworkOptions Of(int pixels, int classes) => new() { Height = pixels, Width = pixels, Classes = classes };

    /// <summary>The image input, named <c>image</c>: Float [N, channels, height, width].</summary>
    internal Value Input(Layers layers)
    {
        foreach (var (value, what) in new[] { (Classes, "classes"), (Channels, "channels"), (Height, "pixels of height"), (Width, "pixels of width") })
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, what);
        }

        return layers.Build.Input("image", Tensors.ElementType.Float, Dimension.Batch, Channels, Height, Width);
    }
}
