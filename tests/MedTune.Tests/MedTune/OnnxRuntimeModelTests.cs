using MedTune.Data;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests;

/// <summary>Every kind of model file gives in ONNX Runtime what it gives here, within 1e-5: missing values, unseen levels and far-away numbers included.</summary>
public sealed class OnnxRuntimeModelTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-5;
    private const int Rows = 160;

    public static TheoryData<string, int, bool> Kinds()
    {
        var kinds = new TheoryData<string, int, bool>();
        foreach (string kind in ModelKinds.All)
        {
            foreach (int classes in new[] { 2, 3 })
            {
                kinds.Add(kind, classes, false);
                kinds.Add(kind, classes, true);
            }
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Model_AnyKind_GivesTheSameProbabilities(string kind, int classes, bool isMoved)
    {
        if (!OnnxRuntime.IsAvailable)
        {
            output.WriteLine("Left out: Node.js with onnxruntime-node is not there and could not be installed (tests/Tools/OnnxRuntime).");
            return;
        }

        ModelFile model = (await ModelKinds.RunAsync(kind, classes, patients: 120)).Model;
        Assert.Equal(kind == ModelKinds.Stack, model.Manifest.ModelKind == ModelKinds.Stack);
        if (isMoved)
        {
            Dataset there = Cohort.Dataset(100, seed: 42, shift: -1.2, classes: classes);
            model = (await Experiment.RunAsync(Cohort.Quick(there) with { From = model }, there)).Model;
            Assert.NotNull(model.Manifest.Parent);
        }

        double worst = WorstDifference(model);
        output.WriteLine($"{model.Manifest.ModelKind}, calibration {model.Manifest.Calibration}: {worst:0.0e0}");
        Assert.InRange(worst, 0, Tolerance);
    }

    [Fact]
    public async Task Model_Calibrated_GivesTheSameProbabilities()
    {
        if (!OnnxRuntime.IsAvailable)
        {
            output.WriteLine("Left out: Node.js with onnxruntime-node is not there and could not be installed (tests/Tools/OnnxRuntime).");
            return;
        }

        // Weights that are fitted hard to noise need their margins shrunk.
        Dataset cohort = Cohort.Dataset(120, seed: 44);
        Run run = await Experiment.RunAsync(Cohort.Quick(cohort) with { Models = ["logistic"], Penalties = [1e-4] }, cohort);
        Assert.NotEqual("none", run.Model.Manifest.Calibration);
        Assert.InRange(WorstDifference(run.Model), 0, Tolerance);
    }

    /// <summary>Fills patients whose every cell is now and then missing, unseen, or far from all that was seen.</summary>
    private static double WorstDifference(ModelFile model)
    {
        using var folder = new TemporaryFolder();
        model.Save(folder["model.onnx"]);
        var theirs = new Dictionary<string, OnnxRuntime.OnnxTensor>();
        var ours = new RawInputs(Rows);
        ulong place = 0;
        foreach (ManifestColumn column in model.Manifest.Columns)
        {
            var random = new Philox(77, RandomPurpose.Bootstrap, place++);
            if (column.Kind == "category")
            {
                string[] texts = [.. Enumerable.Range(0, Rows).Select(row => Text(column, random, (ulong)row))];
                ours.Add(column.Name, texts);
                theirs.Add(column.Name, OnnxRuntime.OnnxTensor.Of([Rows, 1], texts));
            }
            else
            {
                float[] numbers = [.. Enumerable.Range(0, Rows).Select(row => Number(column, random, (ulong)row))];
                ours.Add(column.Name, numbers);
                theirs.Add(column.Name, OnnxRuntime.OnnxTensor.Of([Rows, 1], numbers));
            }
        }

        using var predictor = new Predictor(model);
        float[] expected = predictor.Probabilities(ours);
        double[] found = OnnxRuntime.Run(folder["model.onnx"], theirs)[ModelFile.ProbabilitiesOutput].Numbers;
        Assert.Equal(expected.Length, found.Length);
        Assert.DoesNotContain(expected, float.IsNaN);
        return expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
    }

    private static string Text(ManifestColumn column, Philox random, ulong row) => random.Below(5, 2 * row) switch
    {
        0 => "",
        1 => "上海, never seen",
        _ => column.Levels[random.Below(column.Levels.Length, (2 * row) + 1)],
    };

    private static float Number(ManifestColumn column, Philox random, ulong row)
    {
        double low = column.Minimum ?? 0;
        double high = column.Maximum ?? 5;
        double inside = low + ((high - low) * random.UniformDouble((2 * row) + 1));
        return random.Below(8, 2 * row) switch
        {
            0 => float.NaN,
            1 => (float)(high + (1000 * (high - low))),
            2 => (float)(low - (1000 * (high - low))),
            3 => 99,
            _ => column.Kind == "coded" ? (float)Math.Round(inside) : (float)inside,
        };
    }
}
