using MedTune.Data;
using MedTune.Prediction;
using MedTune.Tests.Graphs.Files;
using MedTune.Tests.House;

namespace MedTune.Tests.Prediction;

public sealed class PredictorTests
{
    private static readonly Lazy<Task<Run>> Logistic = new(() => RunOf("logistic", 2));
    private static readonly Lazy<Task<Run>> Perceptron = new(() => RunOf("perceptron", 2));
    private static readonly Lazy<Task<Run>> Boosting = new(() => RunOf("boosting", 2));
    private static readonly Lazy<Task<Run>> Forest = new(() => RunOf("forest", 2));
    private static readonly Lazy<Task<Run>> SeveralBoosting = new(() => RunOf("boosting", 3));
    private static readonly Lazy<Task<Run>> SeveralForest = new(() => RunOf("forest", 3));
    private static readonly Lazy<Task<Run>> Several = new(() => RunOf("logistic", 3));

    [Theory]
    [InlineData("logistic")]
    [InlineData("perceptron")]
    [InlineData("boosting")]
    [InlineData("forest")]
    [InlineData("several, boosting")]
    [InlineData("several, forest")]
    [InlineData("several")]
    public async Task Predict_RowByRow_EqualsTheTable(string kind)
    {
        var run = await Of(kind);
        using var predictor = new Predictor(run.Model);
        var table = Cohort.Dataset(60, seed: 21, classes: run.Model.Manifest.Classes.Length).Table;
        var all = predictor.Predict(table);
        for (int i = 0; i < all.Count; i++)
        {
            var one = predictor.Predict(run.Model.Manifest.Columns.ToDictionary(column => column.Name, column => table[column.Name][i]));
            Assert.Equal(all[i].Probabilities.AsSpan(), one.Probabilities.AsSpan());
            Assert.Equal(all[i].Class, one.Class);
            Assert.Equal(1, one.Probabilities.Sum(), 5);
        }
    }

    [Theory]
    [InlineData("logistic", 61)]
    [InlineData("boosting", 67)]
    public async Task Predict_DamagedModels_AreAnsweredOrRefusedAsModels(string kind, int seed)
    {
        using var folder = new House.TemporaryFolder();
        (await Of(kind)).Model.Save(folder["model.onnx"]);
        byte[] valid = File.ReadAllBytes(folder["model.onnx"]);
        var random = new Random(seed);
        for (int round = 0; round < 400; round++)
        {
            byte[] damaged = round % 2 == 0 ? WireTree.Mutate(valid, random) : Fuzzing.Mutate(valid, random);
            try
            {
                using var predictor = new Predictor(ModelFile.FromBytes(damaged));
                predictor.Predict(Row("50", "120", "0.1", "2", "north"));
            }
            catch (Exception error) when (error is ModelFileException or DataException)
            {
                Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            }
            catch (Exception error)
            {
                Assert.Fail($"{kind}, round {round}: {error}");
            }
        }
    }

    [Fact]
    public async Task Predict_UnusualValues_Warns()
    {
        using var predictor = new Predictor((await Logistic.Value).Model);
        var usual = predictor.Predict(Row("50", "120", "0.1", "2", "north"));
        Assert.Empty(usual.Warnings);
        Assert.Contains("age: outside the range", Warning(predictor, Row("140", "120", "0.1", "2", "north")), StringComparison.Ordinal);
        Assert.Contains("ward: a value that was not seen", Warning(predictor, Row("50", "120", "0.1", "2", "east")), StringComparison.Ordinal);
        Assert.Contains("stage: a code that was not seen", Warning(predictor, Row("50", "120", "0.1", "9", "north")), StringComparison.Ordinal);
        Assert.Contains("age: missing, which never happened", Warning(predictor, Row("", "120", "0.1", "2", "north")), StringComparison.Ordinal);
        Assert.Empty(predictor.Predict(Row("50", "120", "", "2", "north")).Warnings);
        Assert.Equal(
            predictor.Predict(Row("50", "120", "", "2", "north")).Probability, predictor.Predict(Row("50", "120", "NA", "2.0", "north")).Probability);
    }

    [Fact]
    public async Task Predict_ColumnTheModelDoesNotHave_NamesTheOnesItHas()
    {
        using var predictor = new Predictor((await Logistic.Value).Model);
        var exception = Assert.Throws<DataException>(() => predictor.Predict(new Dictionary<string, string> { ["weight"] = "70" }));
        Assert.Contains("'age'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("perceptron")]
    [InlineData("boosting")]
    [InlineData("forest")]
    [InlineData("several, boosting")]
    [InlineData("several, forest")]
    [InlineData("several")]
    public async Task Explain_AnySample_PartsAddUpToTheMargin(string kind)
    {
        var run = await Of(kind);
        using var explainer = new Explainer(run.Model);
        var table = Cohort.Dataset(40, seed: 22, classes: run.Model.Manifest.Classes.Length).Table;
        foreach (var explanation in explainer.Explain(table, [.. Enumerable.Range(0, 10)]))
        {
            Assert.Equal(explanation.LogOdds, explanation.ReferenceLogOdds + explanation.Contributions.Sum(part => part.LogOdds), 4);
            if (run.Model.Manifest.Classes.Length == 2 && run.Model.Manifest.Calibration == "none")
            {
                double probability = explanation.Answer.Probability;
                Assert.Equal(MedTune.Tensors.DoubleMath.Log(probability / (1 - probability)), explanation.LogOdds, 3);
            }
        }
    }

    [Theory]
    [InlineData("logistic", "exact")]
    [InlineData("boosting", "exact")]
    [InlineData("several, boosting", "exact")]
    [InlineData("forest", "128 orders")]
    [InlineData("perceptron", "128 orders")]
    public async Task Explain_KindOfModel_SaysHowTheContributionsWereFound(string kind, string method)
    {
        using var explainer = new Explainer((await Of(kind)).Model);
        Assert.Contains(method, explainer.Explain(new Dictionary<string, string>()).Method, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_MovedTrees_TakesTheAnswerApartWithWhatMovedIt()
    {
        var source = (await Of("boosting")).Model;
        var there = Cohort.Dataset(120, seed: 41, shift: 1.5);
        var moved = await Experiment.RunAsync(Cohort.Quick(there) with { From = source, SealedShare = 0 }, there);
        using var explainer = new Explainer(moved.Model);
        foreach (var explanation in explainer.Explain(there.Table, [0, 1, 2, 3, 4]))
        {
            double probability = explanation.Answer.Probability;
            Assert.True(explanation.IsCalibrated);
            Assert.Equal(MedTune.Tensors.DoubleMath.Log(probability / (1 - probability)), explanation.LogOdds, 3);
            Assert.Equal(explanation.LogOdds, explanation.ReferenceLogOdds + explanation.Contributions.Sum(part => part.LogOdds), 4);
        }
    }

    [Fact]
    public async Task Explain_BoostedTrees_StartsFromTheMeanOfTheTrainingPatients()
    {
        var cohort = Cohort.Dataset(160, seed: 20);
        var run = await Experiment.RunAsync(Cohort.Quick(cohort) with { Models = ["boosting"], SealedShare = 0 }, cohort);
        using var explainer = new Explainer(run.Model);
        var explanations = explainer.Explain(cohort.Table, [.. Enumerable.Range(0, cohort.RowCount)]);
        Assert.All(explanations, explanation => Assert.Equal(explanations[0].ReferenceLogOdds, explanation.ReferenceLogOdds, 5));

        // Each tree is grown from seven tenths of the patients, so the mean over all of them is a little off.
        Assert.Equal(explanations.Average(explanation => explanation.LogOdds), explanations[0].ReferenceLogOdds, 0.03);
        Assert.Contains(explanations, explanation => explanation.Contributions.Any(part => part.Value.Length == 0 && part.LogOdds != 0));
    }

    [Fact]
    public async Task Explain_LinearModel_AveragesToNothingOverTheTrainingPatients()
    {
        var cohort = Cohort.Dataset(160, seed: 20);
        var run = await Experiment.RunAsync(Cohort.Quick(cohort) with { Models = ["logistic"], SealedShare = 0 }, cohort);
        using var explainer = new Explainer(run.Model);
        var explanations = explainer.Explain(cohort.Table, [.. Enumerable.Range(0, cohort.RowCount)]);
        for (int c = 0; c < run.Model.Manifest.Columns.Length; c++)
        {
            int place = c;
            Assert.Equal(0, explanations.Average(explanation => explanation.Contributions[place].LogOdds), 4);
        }
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("perceptron")]
    [InlineData("boosting")]
    [InlineData("forest")]
    [InlineData("several, boosting")]
    [InlineData("several, forest")]
    [InlineData("several")]
    public async Task Predict_InOnnxRuntime_GivesTheSameProbabilities(string kind)
    {
        if (!OnnxRuntime.IsAvailable)
        {
            return;
        }

        var run = await Of(kind);
        using var folder = new House.TemporaryFolder();
        run.Model.Save(folder["model.onnx"]);
        var cohort = Cohort.Dataset(50, seed: 23, classes: run.Model.Manifest.Classes.Length);
        var (inputs, _) = new InputReader(run.Model.Manifest).Read(cohort.Table);
        var tensors = new Dictionary<string, OnnxRuntime.OnnxTensor>();
        var expected = new RawInputs(50);
        foreach (var column in run.Model.Manifest.Columns)
        {
            if (column.Kind == "category")
            {
                string[] texts = WithUnseen(inputs[column.Name].Values<string>().ToArray(), "上海");
                expected.Add(column.Name, texts);
                tensors.Add(column.Name, OnnxRuntime.OnnxTensor.Of([50, 1], texts));
            }
            else
            {
                float[] numbers = WithUnseen(inputs[column.Name].Values<float>().ToArray(), float.NaN);
                expected.Add(column.Name, numbers);
                tensors.Add(column.Name, OnnxRuntime.OnnxTensor.Of([50, 1], numbers));
            }
        }

        using var predictor = new Predictor(run.Model);
        float[] ours = predictor.Probabilities(expected);
        double[] theirs = OnnxRuntime.Run(folder["model.onnx"], tensors)[ModelFile.ProbabilitiesOutput].Numbers;
        Assert.Equal(ours.Length, theirs.Length);
        for (int i = 0; i < ours.Length; i++)
        {
            Assert.InRange(Math.Abs(ours[i] - theirs[i]), 0, 1e-5);
        }
    }

    private static T[] WithUnseen<T>(T[] values, T unseen)
    {
        values[7] = unseen;
        return values;
    }

    private static Task<Run> Of(string kind) => kind switch
    {
        "logistic" => Logistic.Value,
        "perceptron" => Perceptron.Value,
        "boosting" => Boosting.Value,
        "forest" => Forest.Value,
        "several, boosting" => SeveralBoosting.Value,
        "several, forest" => SeveralForest.Value,
        _ => Several.Value,
    };

    private static async Task<Run> RunOf(string model, int classes)
    {
        var cohort = Cohort.Dataset(200, seed: 20, classes: classes);
        return await Experiment.RunAsync(Cohort.Quick(cohort) with { Models = [model] }, cohort);
    }

    private static string Warning(Predictor predictor, Dictionary<string, string> row) => Assert.Single(predictor.Predict(row).Warnings);

    private static Dictionary<string, string> Row(string age, string pressure, string marker, string stage, string ward) => new()
    {
        ["age"] = age,
        ["pressure"] = pressure,
        ["marker"] = marker,
        ["stage"] = stage,
        ["ward"] = ward,
    };
}
