using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Tests;

/// <summary>Means and largest values of a network's last map.</summary>
public sealed class FeaturePoolingTests
{
    [Fact]
    public void MeanAndMax_NetworkThatAverages_GivesItsFeaturesThenTheLargestValues()
    {
        var backbone = TuningCase.Backbone;
        var pooled = FeaturePooling.MeanAndMax(backbone);
        string map = backbone.Graph.Nodes.Single(node => node.OpType == "GlobalAveragePool").Inputs[0];

        using var before = Plan(backbone.Graph, backbone.Features, map);
        using var after = Plan(pooled.Graph, pooled.Features);
        float[] mean = before.Output<float>(backbone.Features).ToArray(), values = before.Output<float>(map).ToArray(), both = after.Output<float>(pooled.Features).ToArray();

        Assert.Equal(2 * backbone.Width, pooled.Width);
        int area = values.Length / backbone.Width;
        for (int channel = 0; channel < backbone.Width; channel++)
        {
            Assert.Equal(mean[channel], both[channel], 1e-6f);
            Assert.Equal(values.AsSpan(channel * area, area).ToArray().Max(), both[backbone.Width + channel]);
        }
    }

    [Fact]
    public void MeanAndMax_NetworkWithoutMap_IsRefused()
    {
        var backbone = ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours, features: "probabilities");

        Assert.Throws<ModelFileException>(() => FeaturePooling.MeanAndMax(backbone));
        Assert.Throws<ModelFileException>(() => FeaturePooling.MeanAndMax(TuningCase.Backbone, "first"));
        Assert.Throws<ModelFileException>(() => FeaturePooling.MeanAndMax(TuningCase.Backbone, "nothing"));
    }

    [Fact]
    public void Maps_OfMobileNet_AreTheLastOfEachSize()
    {
        var network = MobileNetV2.Build();
        var backbone = ImageBackbone.Of(network.Graph, new InputNormalization("RGB", [0, 0, 0], [1, 1, 1], 224, 224), 96, Architecture.Features);

        var maps = FeaturePooling.Maps(backbone);

        int[] sides = [.. maps.Select(map => backbone.Graph.Types[map].Dimensions[2].Value!.Value)];
        Assert.Equal(sides.Order(), sides);
        Assert.All(maps, map => Assert.Equal(2 * backbone.Graph.Types[map].Dimensions[1].Value, FeaturePooling.MeanAndMax(backbone, map).Width));
        Assert.Equal(FeaturePooling.MeanAndMax(backbone).Width, FeaturePooling.MeanAndMax(backbone, maps[0]).Width);
    }

    [Fact]
    public void MeanAndMax_Tuned_LearnsAndKeepsItsForm()
    {
        var pooled = FeaturePooling.MeanAndMax(TuningCase.Backbone);
        int[] classes = [.. Enumerable.Range(0, 60).Select(i => i % 2)];
        var result = ImageFineTuning.Fit(
            pooled, new LinearMargins(new float[pooled.Width], new float[1]), new TuningCase().Picture, new ClassTargets(classes, 2), [.. Enumerable.Range(0, 43)], [.. Enumerable.Range(43, 17)],
            new TuningCase().Options, 3, TaskPool.Sequential);

        Assert.Equal(pooled.Width, result.Backbone.Width);
        Assert.InRange(result.History[result.BestEpoch].CheckedLoss, 0, 0.7 * result.History[0].CheckedLoss);
    }

    private static ExecutionPlan Plan(Graph graph, params string[] outputs)
    {
        var plan = ExecutionPlan.Compile(GraphCut.Between(graph, [graph.Inputs[0].Name], outputs), new PlanOptions().WithBatch(1));
        var image = plan.Input<float>(graph.Inputs[0].Name);
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (i * 7 % 13) - 6;
        }

        plan.Run();
        return plan;
    }
}
