using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Architectures;

/// <summary>Networks have the parameters that their makers published: number, names and shapes.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string, long> Published => new()
    {
        // The numbers that torchvision, timm and the papers state for ImageNet's 1000 classes.
        { "resnet18", 11_689_512 },
        { "resnet34", 21_797_672 },
        { "resnet50", 25_557_032 },
        { "mobilenet-v2", 3_504_872 },
        { "densenet121", 7_978_856 },
        { "efficientnet-b0", 5_288_548 },
        { "convnext-tiny", 28_589_128 },
        { "unet", 7_763_041 },
        { "vit-tiny", 5_717_416 },
        { "vit-small", 22_050_664 },
        { "vit-base", 86_567_656 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Build_PublishedNetwork_HasItsNumberOfParameters(string name, long parameters) =>
        Assert.Equal(parameters, SampleArchitectures.Published(name).ParameterCount);

    [Fact]
    public void Build_BertBase_HasItsNumberOfParameters()
    {
        // 109,482,240 without the classifier, whose two rows come on top.
        var network = TransformerEncoder.Build(new TransformerEncoderOptions { Seed = null });
        Assert.Equal(109_482_240 + (2 * 768) + 2, network.ParameterCount);
        Assert.Contains("bert.encoder.layer.11.attention.output.LayerNorm.weight", network.Parameters);
    }

    [Theory]
    [InlineData(0, 1370, "dinov2")]
    [InlineData(4, 1369, "dinov2-registers")]
    public void Build_DinoV2_HasItsTensors(int registers, int positions, string ending)
    {
        var network = VisionTransformer.Build(VisionTransformerOptions.Small.AsDinoV2(registers), ImageNetworkOptions.Of(518, 10) with { Seed = null });
        Assert.Equal("vit-small-" + ending, network.Name);
        Assert.Equal(new Shape(1, positions, 384), network.Graph.Initializers["pos_embed"].Shape);
        Assert.Equal(new Shape(384), network.Graph.Initializers["blocks.11.ls2.gamma"].Shape);
        Assert.Equal(registers > 0, network.Parameters.Contains("reg_token"));
    }

    [Theory]
    [MemberData(nameof(SampleArchitectures.Names), MemberType = typeof(SampleArchitectures))]
    public void Run_SmallNetwork_GivesFiniteLogitsForAnyBatch(string name)
    {
        var network = SampleArchitectures.Small(name);
        Assert.Equal("features", Architecture.Features);
        Assert.True(network.Graph.Types.ContainsKey(Architecture.Features));
        foreach (int samples in new[] { 1, 3 })
        {
            using var plan = SampleArchitectures.Compile(network.Graph, samples);
            plan.Run();
            var logits = plan.Output<float>(Architecture.Logits);
            Assert.Equal(samples, plan.ShapeOf(Architecture.Logits)[0]);
            Assert.True(logits.IndexOfAnyExceptInRange(-1e6f, 1e6f) < 0);
            Assert.NotEqual(0, logits[0]);
        }
    }

    [Theory]
    [MemberData(nameof(SampleArchitectures.Names), MemberType = typeof(SampleArchitectures))]
    public void File_SmallNetwork_ComesBackWithItsNames(string name)
    {
        var network = SampleArchitectures.Small(name);
        var read = OnnxFile.Read(OnnxFile.ToBytes(network.Graph));
        Assert.All(network.Parameters.Concat(network.Statistics), parameter =>
            Assert.Equal(network.Graph.Initializers[parameter].Values<float>(), read.Initializers[parameter].Values<float>()));
    }

    [Theory]
    [MemberData(nameof(SampleArchitectures.Names), MemberType = typeof(SampleArchitectures))]
    public void Gradients_SmallNetwork_ReachEveryParameter(string name)
    {
        var network = SampleArchitectures.Small(name);
        var builder = GraphBuilder.From(network.Graph);
        var logits = builder[Architecture.Logits];
        builder.Output(builder.MeanOverSamples(builder.Multiply(logits, logits)), "loss");
        using var plan = SampleArchitectures.Compile(Gradients.Build(builder.Build(), "loss", network.Parameters), 2);
        plan.Run();
        foreach (string parameter in network.Parameters)
        {
            var gradient = plan.Output<float>(Gradients.NameOf(parameter));
            Assert.True(gradient.IndexOfAnyExceptInRange(-1e9f, 1e9f) < 0, $"The gradient of {parameter} is not finite.");
            Assert.True(gradient.IndexOfAnyExcept(0f) >= 0, $"No gradient reaches {parameter}.");
        }
    }

    [Fact]
    public void Build_SameSeed_GivesSameWeights_AndAnotherOneOthers()
    {
        var options = SampleArchitectures.SmallTransformer;
        var first = TransformerEncoder.Build(options).Graph.Initializers["classifier.weight"].Values<float>().ToArray();
        Assert.Equal(first, TransformerEncoder.Build(options).Graph.Initializers["classifier.weight"].Values<float>());
        Assert.NotEqual(first, TransformerEncoder.Build(options with { Seed = 5 }).Graph.Initializers["classifier.weight"].Values<float>().ToArray());
        Assert.Equal(first, TransformerEncoder.Build(options with { Depth = 1 }).Graph.Initializers["classifier.weight"].Values<float>());
        Assert.All(first, weight => Assert.InRange(weight, -0.04f, 0.04f));
    }

    [Fact]
    public void Run_TransformerEncoder_PaddingDoesNotCount()
    {
        var network = TransformerEncoder.Build(SampleArchitectures.SmallTransformer);
        float[] Logits(int length, long padding)
        {
            using var plan = ExecutionPlan.Compile(network.Graph, new PlanOptions { Dimensions = new PlanOptions().Dimensions.Add("L", length) }.WithBatch(1));
            for (int i = 0; i < length; i++)
            {
                plan.Input<long>("input_ids")[i] = i < 5 ? i + 3 : padding;
                plan.Input<long>("attention_mask")[i] = i < 5 ? 1 : 0;
            }

            plan.Run();
            return plan.Output<float>(Architecture.Logits).ToArray();
        }

        Assert.Equal(Logits(9, 1), Logits(9, 7));
        float[] alone = Logits(5, 0);
        Assert.All(Logits(9, 1).Zip(alone), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void Build_WhatCannotBe_IsRefusedWithTheReason()
    {
        Assert.Contains("patches of 16", Assert.Throws<ArgumentException>(
            () => VisionTransformer.Build(VisionTransformerOptions.Tiny, ImageNetworkOptions.Of(100, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("7 heads", Assert.Throws<ArgumentException>(
            () => TransformerEncoder.Build(new TransformerEncoderOptions { Heads = 7 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => VisionTransformer.Build(VisionTransformerOptions.Tiny, ImageNetworkOptions.Of(224, 0)));
    }
}
