using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests.Graphs.Architectures;

/// <summary>Published weights go in by name; what does not fit is named.</summary>
public sealed class PretrainedWeightsTests
{
    [Fact]
    public void Load_OwnWeightsFromAFile_GivesTheSameAnswers()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "model.safetensors");
        var network = SampleArchitectures.Small("vit");
        SafetensorsFile.Write(path, network.Graph.Initializers.RemoveRange(network.Graph.Initializers.Keys.Except(network.Parameters)));
        var empty = VisionTransformer.Build(new() { Patch = 8, Width = 24, Depth = 2, Heads = 3 }, ImageNetworkOptions.Of(32, 3) with { Seed = null });
        var (loaded, report) = PretrainedWeights.Load(empty, path);
        Assert.Equal(Answer(network.Graph), Answer(loaded.Graph));
        Assert.Equal<string>(network.Parameters.Order(StringComparer.Ordinal), report.Loaded);
        Assert.Empty(report.NewHead);
        Assert.Empty(report.Adapted);
    }

    [Fact]
    public void Load_OtherNumberOfClasses_KeepsTheNewHead()
    {
        var network = SampleArchitectures.Small("vit");
        var tensors = Tensors(network);
        tensors["head.weight"] = new Tensor<float>(new Shape(1000, 24));
        tensors["head.bias"] = new Tensor<float>(new Shape(1000));
        var (loaded, report) = PretrainedWeights.Load(network, tensors);
        Assert.Equal<string>(["head.bias", "head.weight"], report.NewHead);
        Assert.Equal<string>(["head.bias", "head.weight"], report.Ignored);
        Assert.Equal(network.Graph.Initializers["head.weight"].Values<float>(), loaded.Graph.Initializers["head.weight"].Values<float>());
    }

    [Fact]
    public void Load_WhatDoesNotFit_IsNamed()
    {
        var network = SampleArchitectures.Small("vit");
        var tensors = Tensors(network);
        tensors.Remove("norm.weight");
        tensors.Remove("blocks.0.attn.qkv.bias");
        tensors["fc_norm.weight"] = new Tensor<float>(new Shape(24));
        tensors["norm.bias"] = new Tensor<float>(new Shape(25));
        string message = Assert.Throws<InvalidGraphException>(() => PretrainedWeights.Load(network, tensors)).Message;
        Assert.Equal(
            "The weights do not fit the network vit-tiny: 2 are missing ('blocks.0.attn.qkv.bias', 'norm.weight'); 1 is unknown to the network ('fc_norm.weight'); " +
            "1 is of another shape or type ('norm.bias' is Float[25], Float[24] was expected). Check that the file was made for this network.",
            message);
    }

    [Fact]
    public void Load_BertFileOfOldForm_FindsEveryName()
    {
        var network = SampleArchitectures.Small("transformer-encoder");
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in Tensors(network).Where(pair => !pair.Key.StartsWith("classifier.", StringComparison.Ordinal)))
        {
            string old = name["bert.".Length..].Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal);
            tensors[old.Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal)] = tensor;
        }

        tensors["embeddings.position_ids"] = new Tensor<long>(new Shape(1, 16));
        tensors["cls.predictions.bias"] = new Tensor<float>(new Shape(31));
        var (_, report) = PretrainedWeights.Load(network, tensors);
        Assert.Equal(network.ParameterCount, report.Loaded.Sum(name => network.Graph.Initializers[name].Length) + (24 * 3) + 3);
        Assert.Equal<string>(["classifier.bias", "classifier.weight"], report.NewHead);
        Assert.Equal<string>(["cls.predictions.bias", "embeddings.position_ids"], report.Ignored);
    }

    [Fact]
    public void Load_PositionsOfAnotherGrid_AreInterpolated()
    {
        var network = SampleArchitectures.Small("vit");
        var tensors = Tensors(network);
        var source = new Tensor<float>(new Shape(1, 1 + 36, 24));
        source.Values.Fill(0.5f);
        source.Values[..24].Fill(7);
        tensors["pos_embed"] = source;
        var (loaded, report) = PretrainedWeights.Load(network, tensors);
        Assert.Equal<string>(["pos_embed"], report.Adapted);
        var positions = loaded.Graph.Initializers["pos_embed"].Values<float>().ToArray();
        Assert.All(positions[..24], value => Assert.Equal(7, value));
        Assert.All(positions[24..], value => Assert.Equal(0.5f, value));
        tensors["pos_embed"] = new Tensor<float>(new Shape(1, 12, 24));
        Assert.Contains("12 rows", Assert.Throws<InvalidGraphException>(() => PretrainedWeights.Load(network, tensors)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DinoV2WithRegisters_AddsTheClassPositionToTheClassToken()
    {
        var network = SampleArchitectures.Small("vit-registers");
        var tensors = Tensors(network);
        tensors["register_tokens"] = tensors["reg_token"];
        tensors.Remove("reg_token");
        tensors["mask_token"] = new Tensor<float>(new Shape(1, 24));
        var source = new Tensor<float>(new Shape(1, 1 + 16, 24));
        source.Values[..24].Fill(2);
        tensors["pos_embed"] = source;
        var (loaded, report) = PretrainedWeights.Load(network, tensors);
        Assert.Equal<string>(["cls_token", "pos_embed", "register_tokens"], report.Adapted);
        Assert.Equal(network.Graph.Initializers["cls_token"].Values<float>()[3] + 2, loaded.Graph.Initializers["cls_token"].Values<float>()[3]);
    }

    [Theory]
    [InlineData(3, 3, 5, 4)]
    [InlineData(5, 5, 3, 2)]
    public void Resample_Grid_EqualsPyTorch(int rows, int columns, int newRows, int newColumns)
    {
        // torch.nn.functional.interpolate(x, size, mode="bicubic", align_corners=False) of x[i] = sin(i + 1) (PyTorch 1.13).
        float[] source = [.. Enumerable.Range(1, rows * columns).Select(i => (float)DoubleMath.Sin(i))];
        var result = new float[newRows * newColumns];
        PatchGrid.Resample(source, rows, columns, result, newRows, newColumns, 1);
        float[] expected = rows == 3 ? GoldenLarger : GoldenSmaller;
        Assert.All(result.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 2e-6f));
    }

    private static readonly float[] GoldenLarger =
        [0.9881767f, 1.1545299f, 0.7720506f, 0.1163782f, 0.1249599f, 0.0840635f, -0.0059292f, -0.0801636f, -0.7422947f, -0.9607424f, -0.7362680f, -0.2306422f, -0.0142155f, 0.0592715f, 0.1157744f, 0.1145736f, 0.7651706f, 1.1148048f, 0.9670611f, 0.4284132f];
    private static readonly float[] GoldenSmaller =
        [0.8610389f, -0.6190518f, -0.7424721f, 0.9736673f, -0.0808272f, -0.4041068f];

    private static SortedDictionary<string, Tensor> Tensors(Architecture network) => new(
        network.Parameters.Concat(network.Statistics).ToDictionary(name => name, name => network.Graph.Initializers[name]), StringComparer.Ordinal);

    private static float[] Answer(Graph graph)
    {
        using var plan = SampleArchitectures.Compile(graph, 2);
        plan.Run();
        return plan.Output<float>(Architecture.Logits).ToArray();
    }
}
