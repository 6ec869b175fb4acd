using System.Globalization;

namespace MedTune.Graphs.Architectures;

/// <summary>EfficientNet-B0, its parameters named as timm names them. Tan and Le, ICML 2019.</summary>
/// <remarks>
/// Input <c>image</c>, Float [N, channels, height, width]. Padding is symmetric and epsilon 1e-5, as in timm's <c>efficientnet_b0</c>; the models that
/// timm took from TensorFlow (<c>tf_efficientnet_b0</c>) pad otherwise. A Dropout of 0.2 before the classifier works in training only.
/// </remarks>
public static class EfficientNet
{
    // Expansion, kernel, channels, blocks, stride of the first block: table 1 of the paper.
    private static readonly (int Expansion, int Kernel, int Channels, int Blocks, int Stride)[] Stages =
    [
        (1, 3, 16, 1, 1), (6, 3, 24, 2, 2), (6, 5, 40, 2, 2), (6, 3, 80, 3, 2), (6, 5, 112, 3, 1), (6, 5, 192, 4, 2), (6, 3, 320, 1, 1),
    ];

    /// <summary>Builds the network.</summary>
    /// <param name="options">Images and classes.</param>
    /// <param name="dropout">Share of features dropped in training before the classifier; 0 leaves the node out. Default 0.2.</param>
    public static Architecture Build(ImageNetworkOptions? options = null, float dropout = 0.2f)
    {
        options ??= new ImageNetworkOptions();
        var layers = new Layers("efficientnet-b0", options.Seed);
        var x = layers.Silu(layers.BatchNorm(layers.Conv(options.Input(layers), "conv_stem.", 32, kernel: 3, stride: 2), "bn1."));
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            var (expansion, kernel, channels, blocks, stride) = Stages[stage];
            for (int block = 0; block < blocks; block++)
            {
                string prefix = string.Create(CultureInfo.InvariantCulture, $"blocks.{stage}.{block}.");
                x = Block(layers, x, prefix, expansion, kernel, channels, block == 0 ? stride : 1);
            }
        }

        var features = layers.PooledFeatures(layers.Silu(layers.BatchNorm(layers.Conv(x, "conv_head.", 1280, kernel: 1), "bn2.")));
        layers.Classifier(dropout > 0 ? layers.Build.Dropout(features, dropout) : features, "classifier.", options.Classes);
        return layers.Finish("classifier.");
    }

    /// <summary>An inverted residual with squeeze and excitation; without expansion it has one convolution and one normalization less.</summary>
    private static Value Block(Layers layers, Value x, string prefix, int expansion, int kernel, int channels, int stride)
    {
        int inputs = x.Type.Dimensions[1].Value!.Value;
        int hidden = inputs * expansion;
        bool widens = expansion > 1;
        var y = widens ? layers.Silu(layers.BatchNorm(layers.Conv(x, prefix + "conv_pw.", hidden, kernel: 1), prefix + "bn1.")) : x;
        y = layers.Conv(y, prefix + "conv_dw.", hidden, kernel, stride, groups: hidden);
        y = layers.Silu(layers.BatchNorm(y, prefix + (widens ? "bn2." : "bn1.")));
        y = Excited(layers, y, prefix + "se.", Math.Max(1, inputs / 4));
        y = layers.Conv(y, prefix + (widens ? "conv_pwl." : "conv_pw."), channels, kernel: 1);
        y = layers.BatchNorm(y, prefix + (widens ? "bn3." : "bn2."));
        return stride == 1 && inputs == channels ? layers.Build.Add(y, x) : y;
    }

    /// <summary>Every channel times a factor between 0 and 1 that follows from the means of all channels (Hu et al., CVPR 2018).</summary>
    private static Value Excited(Layers layers, Value x, string prefix, int reduced)
    {
        var means = layers.Build.Append("GlobalAveragePool", [x]);
        var squeezed = layers.Silu(layers.Conv(means, prefix + "conv_reduce.", reduced, kernel: 1, hasBias: true));
        var factors = layers.Conv(squeezed, prefix + "conv_expand.", x.Type.Dimensions[1].Value!.Value, kernel: 1, hasBias: true);
        return layers.Build.Multiply(x, layers.Build.Sigmoid(factors));
    }
}
