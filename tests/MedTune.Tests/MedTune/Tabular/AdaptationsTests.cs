using MedTune.Modalities.Tabular;
using MedTune.Prediction;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Every way to move a model, from every kind of source.</summary>
public sealed class AdaptationsTests
{
    private static readonly string[] Layered =
        ["as is", "new intercept", "intercept and slope", "shrunk refit", "last layer", "all layers"];

    private static readonly string[] OverTrees = ["leaves refitted", "boosting continued"];
    private static readonly string[] Anew = ["logistic regression, trained anew", "random forest, trained anew"];

    public static TheoryData<string, string[]> Sources => new()
    {
        { "logistic", ["as is", "new intercept", "intercept and slope", "shrunk refit", .. Anew] },
        { "perceptron", [.. Layered, .. Anew] },
        { "boosting", ["as is", "new intercept", "intercept and slope", .. OverTrees, .. Anew] },
        { "forest", ["as is", "new intercept", "intercept and slope", .. OverTrees, .. Anew] },
        { "logistic,boosting,perceptron", [.. Layered, .. OverTrees, .. Anew] },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Of_AnyKindOfSource_OffersWhatSuitsItAndEachIsNoWorseOnTheSamplesItLearnsFrom(string models, string[] expected)
    {
        var (source, data, plan) = await MovedAsync(models);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        int[] classes = [.. data.Classes];
        var adaptations = Adaptations.Of(plan, source, data, [new LogisticCandidate(plan.Penalties, 2), new ForestCandidate(2, data.Rows, 3)]);
        using var journal = FitJournal.InMemory();
        var runner = new FitRunner(data, journal, 3, 1, (_, _) => { });
        var set = new FitSet(FitSet.FinalKey, rows, rows, 0);
        var space = runner.Measure(set);
        double untouched = double.NaN;

        Assert.Equal(expected.Order(StringComparer.Ordinal), adaptations.Select(adaptation => adaptation.Name).Order(StringComparer.Ordinal));
        foreach (var adaptation in adaptations)
        {
            for (int setting = 0; setting < adaptation.Settings.Length; setting++)
            {
                var head = runner.Fit(set, space, adaptation, setting, CancellationToken.None);
                using var whole = new GraphRunner(head.Graph, [head.Margin]);
                float[] margins = whole.Run(data.Inputs)[head.Margin].Values<float>().ToArray();
                var samples = adaptation.Space(space).Samples;
                Assert.Equal(margins, HeadScores.Of(head.FromSamples(samples), head.Margin, samples, rows));
                double loss = PointwiseLoss.Mean(margins, classes);
                untouched = adaptation.Name == RecalibrationCandidate.AsIs ? loss : untouched;
                Assert.True(loss <= untouched + 0.01, $"{adaptation.Name}, {adaptation.Settings[setting]}: {loss} after {untouched}");
            }
        }
    }

    [Fact]
    public async Task RunAsync_MixtureOfAMixture_IsOneFileThatAnswersWhatTheRunPredicted()
    {
        var (source, _, _) = await MovedAsync("logistic,boosting");
        var second = Cohort.Dataset(170, seed: 31, shift: -1.2);
        var third = Cohort.Dataset(170, seed: 32, shift: 1.2);

        var once = await Experiment.RunAsync(Cohort.Quick(second) with { From = source }, second);
        var twice = await Experiment.RunAsync(Cohort.Quick(third) with { From = once.Model }, third);

        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "model.onnx");
        twice.Model.Save(path);
        using var predictor = new Predictor(ModelFile.Load(path));
        var answers = predictor.Predict(third.Table);
        var sealedRows = twice.Parts[1].Predictions;
        Assert.All(sealedRows, predicted => Assert.Equal(
            predicted.Probabilities[1], answers[third.RowNumbers[predicted.Row]].Probabilities[1], 1e-6));
        Assert.Equal(source.Digest, twice.Model.Manifest.Parent!.Parent!.Digest);
        Assert.Contains(once.Candidates, candidate => candidate.Name == StackCandidate.Mixture);
    }

    private static async Task<(ModelFile Source, TabularData Data, Plan Plan)> MovedAsync(string models)
    {
        var here = Cohort.Dataset(160, seed: 9);
        var there = Cohort.Dataset(120, seed: 21, shift: -1);
        var run = await Experiment.RunAsync(Cohort.Quick(here) with { Models = [.. models.Split(',')], Epochs = 4 }, here);
        var plan = Cohort.Quick(there) with { From = run.Model, Epochs = 4 };
        return (run.Model, MovedData.For(MovedData.Read(there, run.Model.Manifest), run.Model), plan);
    }
}
