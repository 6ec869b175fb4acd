using System.Globalization;

namespace MedTune.Graphs.Architectures;

/// <summary>DenseNet-121, its parameters named as torchvision names them. Huang et al., CVPR 2017.</summary>
/// <remarks>Input <c>image</c>, Float [N, channels, height, width].</remarks>
public static class DenseNet
{
    private const int Growth = 32;
    private static readonly int[] Blocks = [6, 12, 24, 16];

    /// <summary>Builds the network.</summary>
    /// <param name="options">Images and classes.</param>
    public static Architecture Build(ImageNetworkOptions? options = null)
    {
        options ??= new ImageNetworkOptions();
        var layers = new Layers("densenet121", options.Seed);
        var x = layers.Conv(options.Input(layers), "features.conv0.", 2 * Growth, kernel: 7, stride: 2);
        x = layers.MaxPool(Activated(layers, x, "features.norm0."), kernel: 3, stride: 2, padding: 1);
        for (int block = 0; block < Blocks.Length; block++)
        {
            x = Dense(layers, x, string.Create(CultureInfo.InvariantCulture, $"features.denseblock{block + 1}."), Blocks[block]);
            x = block + 1 < Blocks.Length ? Transition(layers, x, string.Create(CultureInfo.InvariantCulture, $"features.transition{block + 1}.")) : x;
        }

        layers.Classifier(layers.PooledFeatures(Activated(layers, x, "features.norm5.")), "classifier.", options.Classes);
        return layers.Finish("classifier.");
    }

    /// <summary>Every layer reads what all layers before it gave.</summary>
    private static Value Dense(Layers layers, Value x, string prefix, int count)
    {
        for (int layer = 1; layer <= count; layer++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{prefix}denselayer{layer}.");
            var y = layers.Conv(Activated(layers, x, name + "norm1."), name + "conv1.", 4 * Growth, kernel: 1);
            y = layers.Conv(Activated(layers, y, name + "norm2."), name + "conv2.", Growth, kernel: 3);
            x = layers.Build.Concat([x, y], 1);
        }

        return x;
    }

    private static Value Transition(Layers layers, Value x, string prefix)
    {
        int channels = x.Type.Dimensions[1].Value!.Value;
        return layers.AveragePool(layers.Conv(Activated(layers, x, prefix + "norm."), prefix + "conv.", channels / 2, kernel: 1), kernel: 2, stride: 2);
    }

    private static Value Activated(Layers layers, Value x, string prefix) => layers.Build.Relu(layers.BatchNorm(x, prefix));
}
