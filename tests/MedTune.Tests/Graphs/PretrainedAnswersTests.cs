using System.Security.Cryptography;
using System.Text.Json;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Files;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Graphs;

/// <summary>The models of <c>shared/models</c> answer as ONNX Runtime did when <c>tests/TestData/Models/record.mjs</c> asked it, and does now.</summary>
public sealed class PretrainedAnswersTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("mobilenet-v1-0.25")]
    [InlineData("mobilenet-v1-0.75")]
    [InlineData("squeezenet-1.1")]
    public void Pictures_GiveTheRecordedAnswers(string name)
    {
        var entry = ModelCatalogue.BuiltIn().Find(name);
        if (SharedData.FindModel(entry.File) is not string path)
        {
            output.WriteLine($"Left out: shared/models/{entry.File} is not there.");
            return;
        }

        var recorded = Recorded().Where(answer => answer.Model == entry.File).ToArray();
        Assert.Equal(5, recorded.Length);
        var found = recorded.Where(answer => IsThere(answer.Picture)).ToArray();
        var network = OnnxFile.Read(path);
        string input = network.Inputs[0].Name;
        var images = SamplePictures.Images(entry.Input!, [.. found.Select(answer => answer.Picture)]);
        using var plan = ExecutionPlan.Compile(network, new PlanOptions().WithBatch(found.Length));
        images.Values.CopyTo(plan.Input<float>(input));
        plan.Run();

        int classes = plan.ShapeOf(network.Outputs[0].Name).Length / found.Length;
        for (int i = 0; i < found.Length; i++)
        {
            Check(found[i], plan.Output<float>(network.Outputs[0].Name).Slice(i * classes, classes).ToArray());
        }

        if (!OnnxRuntime.IsAvailable)
        {
            output.WriteLine("Left out: ONNX Runtime is not there (tests/Tools/OnnxRuntime); the recorded answers were compared.");
            return;
        }

        OnnxRuntimeComparisonTests.Compare(network, new Dictionary<string, Tensor> { [input] = images }, "N", found.Length, Tolerance);
    }

    private void Check(Answer recorded, float[] scores)
    {
        for (int i = 0; i < recorded.Scores.Length; i++)
        {
            double theirs = recorded.Scores[i];
            Assert.InRange(scores[i * 997 % scores.Length] - theirs, -Tolerance * Math.Max(1, Math.Abs(theirs)), Tolerance * Math.Max(1, Math.Abs(theirs)));
        }

        double[] powers = [.. scores.Select(score => recorded.Model.StartsWith("mobilenet", StringComparison.Ordinal) ? DoubleMath.Exp(score - scores.Max()) : score)];
        var top = powers.Select((power, i) => (Class: i, Probability: power / powers.Sum())).OrderByDescending(pair => pair.Probability).Take(3).ToArray();
        output.WriteLine($"{recorded.Model} {recorded.Picture}: {string.Join(" ", top.Select(pair => $"{pair.Class}:{pair.Probability:0.000}"))}");
        Assert.Equal(recorded.Classes, top.Select(pair => pair.Class));
        Assert.All(top.Zip(recorded.Probabilities), pair => Assert.Equal(pair.Second, pair.First.Probability, Tolerance));
    }

    private bool IsThere(string picture)
    {
        if (SamplePictures.Find(picture) is not byte[] pixels)
        {
            output.WriteLine($"Left out: the photograph '{picture}' is not there (tests/TestData/Models/README.md).");
            return false;
        }

        Assert.Equal(Recorded().First(answer => answer.Picture == picture).Pixels, Convert.ToHexStringLower(SHA256.HashData(pixels)));
        return true;
    }

    private static Answer[] Recorded() =>
        JsonSerializer.Deserialize<Answer[]>(Repository.Read("tests/TestData/Models/recorded.json"), JsonSerializerOptions.Web)!;

    private sealed record Answer(string Model, string Picture, string Pixels, int[] Classes, double[] Probabilities, double[] Scores);
}
