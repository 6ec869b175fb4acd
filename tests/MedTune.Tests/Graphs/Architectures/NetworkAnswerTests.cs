using System.Text.Json;
using MedTune.Graphs.Architectures;
using MedTune.Tests.House;

namespace MedTune.Tests.Graphs.Architectures;

/// <summary>Whole networks compute what PyTorch computes, with parameters of the same names and shapes (tests/TestData/Graphs/make_golden_networks.py).</summary>
public sealed class NetworkAnswerTests
{
    public static TheoryData<string> Names => ["resnet50", "densenet121", "efficientnet-b0", "convnext-tiny", "unet", "vit-registers"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_Network_EqualsPyTorch(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests/TestData/Graphs/networks.json")));
        var golden = document.RootElement.GetProperty(name);
        var network = Network(name, golden.GetProperty("gain").GetDouble());
        var shapes = golden.GetProperty("shapes").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString());
        Assert.Equal(
            shapes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"),
            network.Parameters.Concat(network.Statistics).Order(StringComparer.Ordinal)
                .Select(parameter => $"{parameter} {string.Join('x', network.Graph.Initializers[parameter].Shape.Extents.ToArray())}"));
        using var plan = SampleArchitectures.Compile(network.Graph, 2);
        plan.Run();
        double[] expected = [.. golden.GetProperty("logits").EnumerateArray().Select(value => value.GetDouble())];
        int step = golden.GetProperty("step").GetInt32();
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], plan.Output<float>(Architecture.Logits)[i * step], 1e-5 * scale);
        }
    }

    private static Architecture Network(string name, double gain)
    {
        var images = ImageNetworkOptions.Of(64, 3) with { Seed = null };
        var network = name switch
        {
            "resnet50" => ResNet.Build(50, images),
            "densenet121" => DenseNet.Build(images),
            "efficientnet-b0" => EfficientNet.Build(images),
            "convnext-tiny" => ConvNeXt.Build(images),
            _ => SampleArchitectures.Small(name),
        };
        return HashedValues.Filled(network, gain);
    }
}
