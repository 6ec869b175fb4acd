using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.Tests.Prediction;

public sealed class ModelEffectsTests
{
    private static readonly Lazy<Task<ModelFile>> TwoClasses = new(() => TrainAsync("dose>0"));
    private static readonly Lazy<Task<ModelFile>> ThreeClasses = new(() => TrainAsync("dose"));

    [Fact]
    public async Task Of_Number_IsWhatOneStandardUnitDoesToTheAnswer()
    {
        ModelFile model = await TwoClasses.Value;
        ModelEffect age = ModelEffects.Of(model).Single(effect => effect.Label == "age");
        double change = LogOdds(model, ("age", Text(60 + age.Scale))) - LogOdds(model, ("age", "60"));
        Assert.Equal(age.LogOdds, change, 1e-3);
        Assert.Equal(age.OddsRatio, Math.Exp(change), 1e-3);
        Assert.Equal(age.OddsRatioOf(10), Math.Exp(LogOdds(model, ("age", "70")) - LogOdds(model, ("age", "60"))), 1e-3);
        Assert.Equal(age.OddsRatioOf(1), age.OddsRatioPerUnit);
    }

    [Fact]
    public async Task Of_TwoLevels_ComparesThem()
    {
        ModelFile model = await TwoClasses.Value;
        ModelEffect sex = ModelEffects.Of(model).Single(effect => effect.Column == "sex");
        Assert.Equal(("m", "f"), (sex.Level, sex.Against));
        Assert.Equal(sex.LogOdds, LogOdds(model, ("sex", "m")) - LogOdds(model, ("sex", "f")), 1e-3);
        Assert.True(double.IsNaN(sex.OddsRatioPerUnit));
    }

    [Fact]
    public async Task Of_SeveralLevels_DifferByWhatTheAnswersDifferBy()
    {
        ModelFile model = await TwoClasses.Value;
        ModelEffect[] stages = [.. ModelEffects.Of(model).Where(effect => effect.Column == "stage")];
        Assert.Equal(["I", "II", "III"], stages.Select(effect => effect.Level));
        Assert.All(stages, stage => Assert.Null(stage.Against));
        Assert.Equal(stages[2].LogOdds - stages[0].LogOdds, LogOdds(model, ("stage", "III")) - LogOdds(model, ("stage", "I")), 1e-3);
    }

    [Fact]
    public async Task Of_MissingNumber_IsAgainstTheValueFilledIn()
    {
        ModelFile model = await TwoClasses.Value;
        ModelEffect missing = ModelEffects.Of(model).Single(effect => effect.Label == "marker is missing");
        string fill = Text(model.Manifest.Columns.Single(column => column.Name == "marker").Fill!.Value);
        Assert.Equal(missing.LogOdds, LogOdds(model, ("marker", "")) - LogOdds(model, ("marker", fill)), 1e-3);
    }

    [Fact]
    public async Task Of_SeveralClasses_IsAgainstTheAverageOfTheClasses()
    {
        ModelFile model = await ThreeClasses.Value;
        ModelEffect[] ages = [.. ModelEffects.Of(model).Where(effect => effect.Label == "age")];
        Assert.Equal(model.Manifest.Classes, ages.Select(effect => effect.ClassName));
        Assert.Equal(0, ages.Sum(effect => effect.LogOdds), 1e-6);
        double[] before = CenteredLogs(model, ("age", "60"));
        double[] after = CenteredLogs(model, ("age", Text(60 + ages[0].Scale)));
        Assert.All(Enumerable.Range(0, 3), k => Assert.Equal(ages[k].LogOdds, after[k] - before[k], 1e-3));
    }

    private static double LogOdds(ModelFile model, params (string Name, string Value)[] row)
    {
        double risk = Probabilities(model, row)[^1];
        return Math.Log(risk / (1 - risk));
    }

    private static double[] CenteredLogs(ModelFile model, params (string Name, string Value)[] row)
    {
        double[] logs = [.. Probabilities(model, row).Select(probability => Math.Log(probability))];
        double mean = logs.Average();
        return [.. logs.Select(log => log - mean)];
    }

    private static ImmutableArray<double> Probabilities(ModelFile model, (string Name, string Value)[] row)
    {
        using var predictor = new Predictor(model);
        var patient = new Dictionary<string, string> { ["age"] = "60", ["sex"] = "f", ["stage"] = "II", ["marker"] = "1.5" };
        foreach (var (name, value) in row)
        {
            patient[name] = value;
        }

        return predictor.Predict(patient).Probabilities;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static async Task<ModelFile> TrainAsync(string target)
    {
        var random = new Random(5);
        var lines = new List<string> { "age,sex,stage,marker,dose" };
        for (int row = 0; row < 240; row++)
        {
            int age = random.Next(35, 85);
            int stage = random.Next(3);
            double score = ((age - 60) / 10.0) + stage - 1 + (random.NextDouble() * 2) - 1;
            int dose = score > 0.8 ? 2 : score > -0.6 ? 1 : 0;
            string marker = row % 6 == 0 ? "" : Text(Math.Round(random.NextDouble() * 3, 2));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{age},{(random.Next(2) == 0 ? "f" : "m")},{new string('I', stage + 1)},{marker},{dose}"));
        }

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            File.WriteAllLines(path, lines);
            var patients = Dataset.FromCsv(path, target);
            var plan = Plan.For(patients) with { Models = ["logistic"], Penalties = [3], Folds = 2, InnerFolds = 2, SealedShare = 0 };
            return (await Experiment.RunAsync(plan, patients)).Model;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
