using System.Globalization;

namespace MedTune.Graphs.Architectures;

/// <summary>Residual networks, their parameters named as torchvision names them. He et al., CVPR 2016.</summary>
/// <remarks>Input <c>image</c>, Float [N, channels, height, width]; ResNet-50 strides in the 3x3 convolution, as torchvision does.</remarks>
public static class ResNet
{
    /// <summary>Builds the network.</summary>
    /// <param name="depth">18, 34 or 50 layers.</param>
    /// <param name="options">Images and classes.</param>
    /// <param name="isSmallImage">
    /// For images of about 28 to 64 pixels: the stem is a 3x3 convolution of stride 1 without pooling, as He et al. used for CIFAR. Default: the ImageNet stem.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">No network of this depth is known.</exception>
    public static Architecture Build(int depth, ImageNetworkOptions? options = null, bool isSmallImage = false)
    {
        options ??= new ImageNetworkOptions();
        int[] blocks = depth switch
        {
            18 => [2, 2, 2, 2],
            34 or 50 => [3, 4, 6, 3],
            _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, "A ResNet has 18, 34 or 50 layers here."),
        };
        var layers = new Layers(string.Create(CultureInfo.InvariantCulture, $"resnet{depth}"), options.Seed);
        var x = options.Input(layers);
        x = isSmallImage ? layers.Conv(x, "conv1.", 64, kernel: 3) : layers.Conv(x, "conv1.", 64, kernel: 7, stride: 2);
        x = layers.Build.Relu(layers.BatchNorm(x, "bn1."));
        x = isSmallImage ? x : layers.MaxPool(x, kernel: 3, stride: 2, padding: 1);
        for (int stage = 0; stage < blocks.Length; stage++)
        {
            for (int block = 0; block < blocks[stage]; block++)
            {
                string prefix = string.Create(CultureInfo.InvariantCulture, $"layer{stage + 1}.{block}.");
                int stride = stage > 0 && block == 0 ? 2 : 1;
                x = depth < 50 ? Basic(layers, x, prefix, 64 << stage, stride) : Bottleneck(layers, x, prefix, 64 << stage, stride);
            }
        }

        layers.Classifier(layers.PooledFeatures(x), "fc.", options.Classes);
        return layers.Finish("fc.");
    }

    private static Value Basic(Layers layers, Value x, string prefix, int width, int stride)
    {
        var y = layers.Build.Relu(layers.BatchNorm(layers.Conv(x, prefix + "conv1.", width, kernel: 3, stride), prefix + "bn1."));
        y = layers.BatchNorm(layers.Conv(y, prefix + "conv2.", width, kernel: 3), prefix + "bn2.");
        return layers.Build.Relu(layers.Build.Add(y, Shortcut(layers, x, prefix, width, stride)));
    }

    private static Value Bottleneck(Layers layers, Value x, string prefix, int width, int stride)
    {
        var y = layers.Build.Relu(layers.BatchNorm(layers.Conv(x, prefix + "conv1.", width, kernel: 1), prefix + "bn1."));
        y = layers.Build.Relu(layers.BatchNorm(layers.Conv(y, prefix + "conv2.", width, kernel: 3, stride), prefix + "bn2."));
        y = layers.BatchNorm(layers.Conv(y, prefix + "conv3.", 4 * width, kernel: 1), prefix + "bn3.");
        return layers.Build.Relu(layers.Build.Add(y, Shortcut(layers, x, prefix, 4 * width, stride)));
    }

    private static Value Shortcut(Layers layers, Value x, string prefix, int outputs, int stride) =>
        stride == 1 && x.Type.Dimensions[1].Value == outputs
            ? x
            : layers.BatchNorm(layers.Conv(x, prefix + "downsample.0.", outputs, kernel: 1, stride), prefix + "downsample.1.");
}
