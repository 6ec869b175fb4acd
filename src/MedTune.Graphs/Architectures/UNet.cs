using System.Globalization;

namespace MedTune.Graphs.Architectures;

/// <summary>
/// A U-Net for segmentation in two dimensions (Ronneberger et al., MICCAI 2015) with batch normalization and padded convolutions, its parameters named as
/// those of the network for abnormalities in brain MRI by Buda et al. (Computers in Biology and Medicine 2019), published at torch hub.
/// </summary>
/// <remarks>
/// Input <c>image</c>, Float [N, channels, height, width], sides a multiple of 16. Output <c>logits</c>, Float [N, classes, height, width]; the inner
/// value <c>features</c> is the last map before them, [N, width, height, width of the image].
/// </remarks>
public static class UNet
{
    private const int Levels = 4;

    /// <summary>Builds the network.</summary>
    /// <param name="options">Images; <see cref="ImageNetworkOptions.Classes"/> maps per image.</param>
    /// <param name="width">Channels of the first level; every level below has twice as many. Default 32.</param>
    /// <exception cref="ArgumentException">The image's sides are no multiples of 16.</exception>
    public static Architecture Build(ImageNetworkOptions? options = null, int width = 32)
    {
        options ??= ImageNetworkOptions.Of(256, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (options.Height % (1 << Levels) != 0 || options.Width % (1 << Levels) != 0)
        {
            throw new ArgumentException($"An image of {options.Height} x {options.Width} pixels cannot be halved {Levels} times; give multiples of {1 << Levels}.", nameof(options));
        }

        var layers = new Layers("unet", options.Seed);
        var x = options.Input(layers);
        var kept = new Value[Levels];
        for (int level = 0; level < Levels; level++)
        {
            kept[level] = Twice(layers, x, Name("encoder", "enc", level), width << level);
            x = layers.MaxPool(kept[level], kernel: 2, stride: 2);
        }

        x = Twice(layers, x, "bottleneck.bottleneck", width << Levels);
        for (int level = Levels - 1; level >= 0; level--)
        {
            x = layers.UpConv(x, string.Create(CultureInfo.InvariantCulture, $"upconv{level + 1}."), width << level, stride: 2);
            x = Twice(layers, layers.Build.Concat([x, kept[level]], 1), Name("decoder", "dec", level), width << level, level == 0 ? Architecture.Features : null);
        }

        layers.Build.Output(layers.Conv(x, "conv.", options.Classes, kernel: 1, hasBias: true), Architecture.Logits);
        return layers.Finish("conv.");
    }

    private static string Name(string part, string abbreviation, int level) =>
        string.Create(CultureInfo.InvariantCulture, $"{part}{level + 1}.{abbreviation}{level + 1}");

    private static Value Twice(Layers layers, Value x, string prefix, int channels, string? outputName = null)
    {
        x = layers.Build.Relu(layers.BatchNorm(layers.Conv(x, prefix + "conv1.", channels, kernel: 3), prefix + "norm1."));
        x = layers.BatchNorm(layers.Conv(x, prefix + "conv2.", channels, kernel: 3), prefix + "norm2.");
        return layers.Build.Append("Relu", [x], outputName: outputName);
    }
}
