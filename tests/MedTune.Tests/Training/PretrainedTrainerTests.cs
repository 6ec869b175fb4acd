using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using MedTune.Tests.Graphs;
using MedTune.Tests.Graphs.Files;
using MedTune.Tests.House;
using MedTune.Training;
using Xunit.Abstractions;

namespace MedTune.Tests.Training;

/// <summary>The models of <c>shared/models</c> learn to tell made pictures from photographs, and the export answers in ONNX Runtime as here.</summary>
public sealed class PretrainedTrainerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("mobilenet-v1-0.25", "features", "conv_pw_13*", 0.002f)]
    [InlineData("mobilenet-v1-0.75", "features", "conv_pw_1?_*", 0.002f)]
    [InlineData("squeezenet-1.1", "fire9/concat_2", "fire9/*", 0.0001f)]
    public void Step_OnPictures_LowersTheLossAndTheExportAgrees(string name, string cut, string layers, float rate)
    {
        var entry = ModelCatalogue.BuiltIn().Find(name);
        if (SharedData.FindModel(entry.File) is not string path)
        {
            output.WriteLine($"Left out: shared/models/{entry.File} is not there.");
            return;
        }

        string[] pictures = [.. new[] { "noise", "waves", "cat", "coffee", "chest" }.Where(picture => SamplePictures.Find(picture) is not null)];
        output.WriteLine($"Pictures: {string.Join(", ", pictures)}.");
        var images = SamplePictures.Images(entry.Input!, pictures);
        var network = NewHead.Linear(OnnxFile.Read(path), cut, classes: 2, name: "margins");
        string input = network.Inputs[0].Name;
        var trained = TrainableModel.Of(network, new TrainingChoice { Train = [layers, "margins.*"] }).Parameters;
        using var trainer = new NetworkTrainer(network, "margins", new CrossEntropy(), trained, pictures.Length);
        images.Values.CopyTo(trainer.Input<float>(input));
        pictures.Select(picture => picture is "noise" ? 0L : 1L).ToArray().CopyTo(trainer.Input<long>(Loss.TargetName));
        float[] losses = [.. Enumerable.Range(0, 6).Select(_ => trainer.Step(rate))];
        output.WriteLine(string.Join(" ", losses));

        Assert.Equal(MathF.Log(2), losses[0], 1e-5f);
        Assert.True(losses[^1] < 0.9f * losses[0], string.Join(" ", losses));
        if (OnnxRuntime.IsAvailable)
        {
            OnnxRuntimeComparisonTests.Compare(trainer.Result(), new Dictionary<string, Tensor> { [input] = images }, "N", pictures.Length, 1e-4);
        }
    }
}
