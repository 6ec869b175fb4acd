using System.Globalization;

namespace MedTune.Graphs.Architectures;

/// <summary>ConvNeXt-Tiny, its parameters named as timm names them. Liu et al., CVPR 2022.</summary>
/// <remarks>Input <c>image</c>, Float [N, channels, height, width]. The features are normalized (timm's <c>head.norm</c>) after pooling.</remarks>
public static class ConvNeXt
{
    private const float Epsilon = 1e-6f;
    private const float LayerScale = 1e-6f;
    private static readonly (int Width, int Blocks)[] Stages = [(96, 3), (192, 3), (384, 9), (768, 3)];

    /// <summary>Builds the network.</summary>
    /// <param name="options">Images and classes.</param>
    public static Architecture Build(ImageNetworkOptions? options = null)
    {
        options ??= new ImageNetworkOptions();
        var layers = new Layers("convnext-tiny", options.Seed);
        var x = layers.Conv(options.Input(layers), "stem.0.", Stages[0].Width, kernel: 4, stride: 4, padding: 0, hasBias: true);
        x = ChannelNorm(layers, x, "stem.1.");
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"stages.{stage}.");
            if (stage > 0)
            {
                x = ChannelNorm(layers, x, prefix + "downsample.0.");
                x = layers.Conv(x, prefix + "downsample.1.", Stages[stage].Width, kernel: 2, stride: 2, padding: 0, hasBias: true);
            }

            for (int block = 0; block < Stages[stage].Blocks; block++)
            {
                x = Block(layers, x, string.Create(CultureInfo.InvariantCulture, $"{prefix}blocks.{block}."));
            }
        }

        var pooled = layers.Build.Flatten(layers.Build.Append("GlobalAveragePool", [x]));
        layers.Classifier(layers.LayerNorm(pooled, "head.norm.", Epsilon, Architecture.Features), "head.fc.", options.Classes, isSmall: true);
        return layers.Finish("head.fc.");
    }

    /// <summary>A depthwise 7x7 convolution, then a perceptron on every pixel, scaled and added.</summary>
    private static Value Block(Layers layers, Value x, string prefix)
    {
        var build = layers.Build;
        int width = x.Type.Dimensions[1].Value!.Value;
        var y = build.Transpose(layers.Conv(x, prefix + "conv_dw.", width, kernel: 7, groups: width, hasBias: true), 0, 2, 3, 1);
        y = layers.LayerNorm(y, prefix + "norm.", Epsilon);
        var (height, columns) = (y.Type.Dimensions[1].Value!.Value, y.Type.Dimensions[2].Value!.Value);
        y = TransformerLayers.Perceptron(layers, build.Reshape(y, -1, width), prefix + "mlp.fc1.", prefix + "mlp.fc2.", 4 * width);
        y = build.Multiply(y, layers.Filled(prefix + "gamma", LayerScale, width));
        return build.Add(x, build.Transpose(build.Reshape(y, -1, height, columns, width), 0, 3, 1, 2));
    }

    /// <summary>Layer normalization over the channels of every pixel.</summary>
    private static Value ChannelNorm(Layers layers, Value x, string prefix) =>
        layers.Build.Transpose(layers.LayerNorm(layers.Build.Transpose(x, 0, 2, 3, 1), prefix, Epsilon), 0, 3, 1, 2);
}
