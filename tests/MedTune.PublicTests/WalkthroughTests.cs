using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.PublicTests;

/// <summary>What a user of the library does, with nothing but its public types: read, plan, train, save, load, predict.</summary>
public sealed class WalkthroughTests
{
    private const string Target = "recurrence or death within 3 years";

    [Theory]
    [InlineData("rotterdam.csv", Target, 2944, 8, "yes")]
    [InlineData("gbsg.csv", Target, 555, 8, "yes")]
    [InlineData("breast_cancer_wisconsin.csv", "diagnosis", 569, 30, "malignant")]
    public void FromCsv_SampleFile_KnowsItsRowsFeaturesAndPositiveClass(string file, string target, int rows, int features, string positive)
    {
        Dataset patients = Dataset.FromCsv(PathOf(file), target, options: target == "diagnosis" ? new DatasetOptions { Positive = positive } : null);
        Assert.Equal(rows, patients.RowCount);
        Assert.Equal(features, patients.Features.Length);
        Assert.Equal(positive, patients.ClassNames[^1]);
    }

    [Fact]
    public void FromCsv_NoSuchFile_IsRefusedWithASentence()
    {
        DataException refusal = Assert.Throws<DataException>(() => Dataset.FromCsv(PathOf("no-such-file.csv"), Target));
        Assert.Contains("no-such-file.csv", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SampleData_GivesEvidenceAndAModelThatAnswersTheSameFromItsFile()
    {
        Dataset patients = Dataset.FromCsv(PathOf("gbsg.csv"), Target);
        Plan plan = Plan.For(patients) with { Models = ["logistic"], Folds = 3, InnerFolds = 3, Seed = 7 };
        List<TrainingProgress> heard = [];
        Run run = await Experiment.RunAsync(plan, patients, new Listener(heard), CancellationToken.None);

        Assert.InRange(run.Metrics.Test.Auroc.Value, 0.5, 1);
        Assert.True(run.Metrics.Test.Auroc.Low < run.Metrics.Test.Auroc.Value && run.Metrics.Test.Auroc.Value < run.Metrics.Test.Auroc.High);
        Assert.NotEmpty(heard);

        string file = Path.Combine(Directory.CreateTempSubdirectory("medtune-").FullName, "gbsg.onnx");
        run.Model.Save(file);
        Dictionary<string, string> row = new(StringComparer.Ordinal) { ["age"] = "54", ["size"] = "20-50", ["nodes"] = "4" };
        using Predictor kept = new(run.Model);
        using Predictor loaded = Predictor.Load(file);
        Prediction.Prediction risk = loaded.Predict(row);

        Assert.Equal(kept.Predict(row).Probability, risk.Probability);
        Assert.InRange(risk.Probability, 0.001, 0.999);
        Assert.NotEmpty(risk.Warnings); // five columns were not given
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static string PathOf(string sample)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "samples", "data");
            if (Directory.Exists(path))
            {
                return Path.Combine(path, sample);
            }
        }

        throw new InvalidOperationException("The tests look for samples/data in the folders above their own; build them inside the repository.");
    }

    private sealed class Listener(List<TrainingProgress> heard) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            lock (heard)
            {
                heard.Add(value);
            }
        }
    }
}
