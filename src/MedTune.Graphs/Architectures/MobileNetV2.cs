using System.Globalization;

namespace MedTune.Graphs.Architectures;

/// <summary>MobileNetV2 of width 1, its parameters named as torchvision names them. Sandler et al., CVPR 2018.</summary>
/// <remarks>Input <c>image</c>, Float [N, channels, height, width]. A Dropout of 0.2 before the classifier works in training only.</remarks>
public static class MobileNetV2
{
    // Expansion, channels, blocks, stride of the first block: table 2 of the paper.
    private static readonly (int Expansion, int Channels, int Blocks, int Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    /// <summary>Builds the network.</summary>
    /// <param name="options">Images and classes.</param>
    /// <param name="dropout">Share of features dropped in training before the classifier; 0 leaves the node out. Default 0.2.</param>
    public static Architecture Build(ImageNetworkOptions? options = null, float dropout = 0.2f)
    {
        options ??= new ImageNetworkOptions();
        var layers = new Layers("mobilenet-v2", options.Seed);
        var x = Activated(layers, options.Input(layers), "features.0.", 32, kernel: 3, stride: 2);
        int index = 1;
        foreach (var (expansion, channels, blocks, stride) in Stages)
        {
            for (int block = 0; block < blocks; block++, index++)
            {
                string prefix = string.Create(CultureInfo.InvariantCulture, $"features.{index}.conv.");
                x = InvertedResidual(layers, x, prefix, expansion, channels, block == 0 ? stride : 1);
            }
        }

        var features = layers.PooledFeatures(Activated(layers, x, "features.18.", 1280, kernel: 1));
        layers.Classifier(dropout > 0 ? layers.Build.Dropout(features, dropout) : features, "classifier.1.", options.Classes);
        return layers.Finish("classifier.");
    }

    /// <summary>Widen, filter every channel by itself, narrow again without activation.</summary>
    private static Value InvertedResidual(Layers layers, Value x, string prefix, int expansion, int channels, int stride)
    {
        int inputs = x.Type.Dimensions[1].Value!.Value;
        int hidden = inputs * expansion;
        var y = expansion == 1 ? x : Activated(layers, x, prefix + "0.", hidden, kernel: 1);
        y = Activated(layers, y, prefix + (expansion == 1 ? "0." : "1."), hidden, kernel: 3, stride, groups: hidden);
        (string narrow, string norm) = expansion == 1 ? ("1.", "2.") : ("2.", "3.");
        y = layers.BatchNorm(layers.Conv(y, prefix + narrow, channels, kernel: 1), prefix + norm);
        return stride == 1 && inputs == channels ? layers.Build.Add(x, y) : y;
    }

    /// <summary>Convolution <c>0</c>, normalization <c>1</c>, and ReLU cut at 6.</summary>
    private static Value Activated(Layers layers, Value x, string prefix, int outputs, int kernel, int stride = 1, int groups = 1) =>
        layers.Build.Clip(layers.BatchNorm(layers.Conv(x, prefix + "0.", outputs, kernel, stride, groups: groups), prefix + "1."), 0, 6);
}
