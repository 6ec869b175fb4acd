using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.PublicTests;

/// <summary>What docs/networks.md shows is this code, and it runs: a network read from a file, with a new head, trained, exported and asked.</summary>
public sealed partial class NetworkWalkthroughTests
{
    private const int Pixels = 32;
    private const int Batch = 4;

    [Fact]
    public void FineTune_OnImagesOfTwoKinds_LearnsThemAndExports()
    {
        using var folder = new TemporaryFolder();
        OnnxFile.Write(ResNet.Build(18, ImageNetworkOptions.Of(Pixels, classes: 5) with { Seed = 3 }, isSmallImage: true).Graph, folder["network.onnx"]);
        float[] images = [.. Enumerable.Range(0, Batch).SelectMany(Image)];
        long[] classes = [.. Enumerable.Range(0, Batch).Select(i => (long)i % 2)];

        List<float> losses = FineTune(folder["network.onnx"], [.. Enumerable.Repeat((images, classes), 12)], 2, folder["tuned.onnx"]);

        Assert.Equal(MathF.Log(2), losses[0], 1e-4f);
        Assert.True(losses[^1] < losses[0] / 2, string.Join(" ", losses));
        float[] margins = Margins(folder["tuned.onnx"], [.. Image(0)]);
        Assert.Equal(2, margins.Length);
        Assert.Equal(Margins(folder["tuned.onnx"], [.. Image(0)]), margins);
    }

    [Fact]
    public void Document_ShowsTheCodeOfThisTest()
    {
        string source = File.ReadAllText(PathOf("tests/MedTune.PublicTests/NetworkWalkthroughTests.cs")).ReplaceLineEndings("\n");
        var shown = Samples("csharp").ToArray();

        Assert.Equal(2, shown.Length);
        Assert.All(shown, code => Assert.Contains(string.Concat(code.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n")), source, StringComparison.Ordinal));
    }

    [Fact]
    public void Document_CatalogueSample_IsACatalogue()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["catalogue.json"], Samples("json").Single());
        var catalogue = ModelCatalogue.With(folder["catalogue.json"], isRequired: true);

        Assert.Equal("http://models.hospital.example/chest_resnet18.onnx", catalogue.Find("chest-resnet18").Source);
        Assert.Equal(4, catalogue.Entries.Length);
    }

    /// <summary>Puts a new head on a pretrained network, trains it and the last block, and writes the result. Returns the loss of each step.</summary>
    public static List<float> FineTune(string from, IReadOnlyList<(float[] Images, long[] Classes)> batches, int classes, string to)
    {
        Graph pretrained = OnnxFile.Read(from);

        // Cut where the features are; behind them one margin per class, from weights of zero.
        Graph network = NewHead.Linear(pretrained, "features", classes, name: "margins");

        // What trains, by name with * and ?. Everything else is frozen, and no gradient is computed for what only it needs.
        var choice = new TrainingChoice { Train = ["margins.*", "layer4.1.*"] };
        ImmutableArray<string> trained = TrainableModel.Of(network, choice).Parameters;

        using var pool = new TaskPool(Environment.ProcessorCount);
        using var trainer = new NetworkTrainer(network, "margins", new CrossEntropy(), trained, batches[0].Classes.Length, pool: pool) { Seed = 1 };
        var losses = new List<float>();
        foreach (var (images, labels) in batches)
        {
            images.CopyTo(trainer.Input<float>("image"));
            labels.CopyTo(trainer.Input<long>(Loss.TargetName));
            losses.Add(trainer.Step(learningRate: 0.01f));
        }

        OnnxFile.Write(trainer.Result(), to);
        return losses;
    }

    /// <summary>The margins of one image.</summary>
    public static float[] Margins(string file, float[] image)
    {
        Graph network = OnnxFile.Read(file);
        using var plan = ExecutionPlan.Compile(network, new PlanOptions().WithBatch(1));
        image.CopyTo(plan.Input<float>("image"));
        plan.Run();
        return plan.Output<float>("margins").ToArray();
    }

    /// <summary>Stripes, along rows for even numbers and along columns for odd ones.</summary>
    private static IEnumerable<float> Image(int number) => Enumerable.Range(0, 3 * Pixels * Pixels).Select(i =>
        ((((number % 2 == 0 ? i / Pixels : i) + number) & 3) < 2 ? 1f : -1f) * (1 + (i / (Pixels * Pixels) / 4f)));

    private static IEnumerable<string> Samples(string language) =>
        Fenced().Matches(File.ReadAllText(PathOf("docs/networks.md")).ReplaceLineEndings("\n")).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value);

    private static string PathOf(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MedTune.slnx")))
            {
                return Path.Combine(folder.FullName, file);
            }
        }

        throw new InvalidOperationException("The tests look for MedTune.slnx in the folders above their own; build them inside the repository.");
    }

    [GeneratedRegex("```(?<language>[a-z]+)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fenced();

    /// <summary>A folder that goes when it is no longer needed.</summary>
    private sealed class TemporaryFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("medtune-").FullName;

        public string this[string name] => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
