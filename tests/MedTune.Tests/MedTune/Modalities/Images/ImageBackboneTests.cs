using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests;

/// <summary>Which networks are taken, at which side, and what their features are.</summary>
public sealed class ImageBackboneTests(ITestOutputHelper output)
{
    [Fact]
    public void Of_NetworkWithClassifier_TakesWhatItsLastLinearLayerReads()
    {
        var backbone = ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours);

        Assert.Equal(12, backbone.Width);
        Assert.Equal((16, 16), (backbone.Normalization.Height, backbone.Normalization.Width));
        Assert.DoesNotContain(backbone.Graph.Nodes, node => node.OpType is "Gemm" or "Softmax");
    }

    [Theory]
    [InlineData(32)]
    [InlineData(11)]
    public void Of_PoolingNetwork_TakesAnotherSide(int side)
    {
        var backbone = ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours, side);

        Assert.Equal(12, backbone.Width);
        Assert.Equal((side, side), (backbone.Normalization.Height, backbone.Normalization.Width));
    }

    [Fact]
    public void Of_ValueWithPositions_IsAveraged()
    {
        var network = MadePictures.Network();
        string map = network.Nodes.Last(node => node.OpType == "Relu").Outputs[0];

        var backbone = ImageBackbone.Of(network, MadePictures.Colours, features: map);

        Assert.Equal(12, backbone.Width);
        Assert.Contains(backbone.Graph.Nodes, node => node.OpType == "GlobalAveragePool");
    }

    [Fact]
    public void Of_NetworkThatDoesNotPool_RefusesAnotherSide()
    {
        var network = MadePictures.Network(pools: false);

        var refusal = Assert.Throws<InvalidGraphException>(() => ImageBackbone.Of(network, MadePictures.Colours, 32));

        Assert.StartsWith("it does not take images of 32 x 32 pixels; use its own 16 x 16.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OtherChannelsThanNormalized_IsRefused()
    {
        var refusal = Assert.Throws<InvalidGraphException>(() => ImageBackbone.Of(MadePictures.Network(), MadePictures.Brightness));

        Assert.Contains("one input Float [N, 1, height, width] was expected", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ImpossibleSideOrValue_IsRefused()
    {
        Assert.Throws<InvalidGraphException>(() => ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours, 0));
        Assert.Throws<InvalidGraphException>(() => ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours, 1 << 20));
        Assert.Throws<InvalidGraphException>(() => ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours, features: "nothing"));
    }

    [Fact]
    public void Read_FileThatNoCatalogueKnows_AsksForItsNormalization()
    {
        using var folder = new TemporaryFolder();
        OnnxFile.Write(MadePictures.Network(), folder["tiny.onnx"]);

        var refusal = Assert.Throws<ModelFileException>(() => ImageBackbone.Read(folder["tiny.onnx"], ModelCatalogue.BuiltIn()));

        Assert.Contains("is no model of the catalogue", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(12, ImageBackbone.Read(folder["tiny.onnx"], ModelCatalogue.BuiltIn(), MadePictures.Colours).Width);
    }

    [Fact]
    public void Read_WhatIsNoModel_IsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("text.onnx", "no model");

        Assert.Throws<ModelFileException>(() => ImageBackbone.Read(folder["text.onnx"], ModelCatalogue.BuiltIn()));
        Assert.Throws<ModelFileException>(() => ImageBackbone.Read(folder["absent.onnx"], ModelCatalogue.BuiltIn()));
    }

    [Theory]
    [InlineData("mobilenet-v1-0.25", 256, "features")]
    [InlineData("mobilenet-v1-0.75", 768, "features")]
    [InlineData("squeezenet-1.1", 512, null)]
    public void Read_PretrainedModel_HasItsPublishedFeaturesAtAnySide(string name, int width, string? features)
    {
        if (SharedData.FindModel(ModelCatalogue.BuiltIn().Find(name).File) is not string path)
        {
            output.WriteLine($"Left out: the model {name} is not there.");
            return;
        }

        Assert.All([null, 112, 160], (int? side) =>
        {
            var backbone = ImageBackbone.Read(path, ModelCatalogue.BuiltIn(), side: side);
            Assert.Equal(width, backbone.Width);
            Assert.Equal(side ?? 224, backbone.Normalization.Height);
            Assert.Equal(features ?? backbone.Features, backbone.Features);
        });
    }
}
