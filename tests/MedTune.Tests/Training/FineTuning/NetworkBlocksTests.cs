using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Blocks of networks, and adapters beside their weights.</summary>
public sealed class NetworkBlocksTests
{
    [Fact]
    public void Of_ResNet_HasTheStemEachUnitAndTheClassifier()
    {
        var graph = ResNet.Build(18).Graph;
        var blocks = NetworkBlocks.Of(graph, TrainableModel.Of(graph).Parameters);

        Assert.Equal(10, blocks.Length);
        Assert.All(blocks[0], name => Assert.DoesNotContain("layer", name, StringComparison.Ordinal));
        Assert.All(blocks[1], name => Assert.StartsWith("layer1.0.", name, StringComparison.Ordinal));
        Assert.All(blocks[8], name => Assert.StartsWith("layer4.1.", name, StringComparison.Ordinal));
        Assert.All(blocks[9], name => Assert.StartsWith("fc.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_VisionTransformer_HasAttentionAndPerceptronOfEachLayer()
    {
        var graph = VisionTransformer.Build(new VisionTransformerOptions { Depth = 3 }).Graph;
        var blocks = NetworkBlocks.Of(graph, TrainableModel.Of(graph).Parameters);

        var perceptron = Assert.Single(blocks, block => block.Contains("blocks.1.mlp.fc1.weight"));
        Assert.All(perceptron, name => Assert.True(name.StartsWith("blocks.1.mlp", StringComparison.Ordinal) || name.StartsWith("blocks.1.norm2", StringComparison.Ordinal), name));
        Assert.InRange(blocks.Length, 8, 10);
    }

    [Fact]
    public void Of_AnyNetwork_TakesEveryWeightOnce()
    {
        foreach (var graph in new[] { MobileNetV2.Build().Graph, DenseNet.Build().Graph, VisionTransformer.Build(new VisionTransformerOptions()).Graph, ConvNeXt.Build().Graph })
        {
            var weights = TrainableModel.Of(graph).Parameters;

            var blocks = NetworkBlocks.Of(graph, weights);

            Assert.Equal(weights, blocks.SelectMany(block => block).Order(StringComparer.Ordinal));
            Assert.True(blocks.Length is >= 5 and < 200, $"{graph.Name}: {blocks.Length} blocks");
        }
    }
}
