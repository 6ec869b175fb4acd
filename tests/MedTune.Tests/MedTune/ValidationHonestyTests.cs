using System.Globalization;
using System.Text;
using MedTune.Data;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>What must never flatter: shuffled labels, patients on two sides, calibration and threshold from the rows they are judged on.</summary>
public sealed class ValidationHonestyTests
{
    [Fact]
    public async Task RunAsync_OutcomeDrawnByLot_FindsNothing()
    {
        var text = new StringBuilder("a,b,c,outcome\n");
        for (int i = 0; i < 300; i++)
        {
            var random = new Philox(77, RandomPurpose.Bootstrap, (ulong)i);
            text.Append(CultureInfo.InvariantCulture, $"{random.Normal(0):0.###},{random.Normal(10):0.###},{random.Below(5, 40)},{(random.Uniform(50) < 0.4 ? "yes" : "no")}\n");
        }

        using var folder = new TemporaryFolder();
        var data = Dataset.FromCsv(folder.Write("lot.csv", text.ToString()), "outcome");
        var run = await Experiment.RunAsync(Cohort.Quick(data) with { Folds = 5, SealedShare = 0 }, data);
        Assert.InRange(run.Metrics.OutOfFold.Auroc.Value, 0.38, 0.62);
    }

    [Fact]
    public async Task RunAsync_PatientsWithSeveralRows_StandInOneFoldAndOnOneSide()
    {
        var text = new StringBuilder("patient,x,outcome\n");
        for (int i = 0; i < 240; i++)
        {
            var random = new Philox(78, RandomPurpose.Bootstrap, (ulong)(i / 4));
            double x = random.Normal(0);
            text.Append(CultureInfo.InvariantCulture, $"P{i / 4:000},{x + (0.01 * (i % 4)):0.####},{(random.Uniform(20) < 1 / (1 + Math.Exp(-x)) ? 1 : 0)}\n");
        }

        using var folder = new TemporaryFolder();
        var data = Dataset.FromCsv(folder.Write("voices.csv", text.ToString()), "outcome", patientId: "patient");
        var run = await Experiment.RunAsync(Cohort.Quick(data) with { Folds = 5 }, data);
        var sides = run.Parts.SelectMany(part => part.Predictions.Select(prediction => (Patient: prediction.Row / 4, Side: (part.Part, prediction.Fold))));
        Assert.All(sides.GroupBy(pair => pair.Patient), patient => Assert.Single(patient.Select(pair => pair.Side).Distinct()));
        Assert.Equal(240, run.Parts.Sum(part => part.Predictions.Length));
        Assert.DoesNotContain(run.Model.Manifest.Columns, column => column.Name == "patient");
    }

    [Fact]
    public async Task RunAsync_WithFolds_PredictsEveryListedRowOnceAndSealsNothing()
    {
        var data = Cohort.Dataset(100, seed: 3);
        int[] folds = [.. Enumerable.Range(0, 100).Select(row => row < 10 ? -1 : row % 3)];
        var run = await Experiment.RunAsync(Cohort.Quick(data), data, new ExperimentOptions { Folds = new FoldAssignment(folds, 3) });
        var part = Assert.Single(run.Parts);
        Assert.Equal("oof", part.Part);
        Assert.Equal(Enumerable.Range(10, 90), part.Predictions.Select(prediction => prediction.Row));
        Assert.All(part.Predictions, prediction => Assert.Equal(prediction.Row % 3, prediction.Fold));
        Assert.Equal(100, run.Model.Manifest.TrainingSamples);
        Assert.Equal("", run.TestDigest);
    }

    [Fact]
    public async Task RunAsync_OneFoldsLabelsTurnedAround_ChangesNoOtherFoldsThreshold()
    {
        // What a fold is judged with comes from the other folds: turning its own labels around must leave its predictions as they were.
        string csv = Cohort.Csv(120, seed: 4);
        int[] folds = [.. Enumerable.Range(0, 120).Select(row => row % 3)];
        var lines = csv.TrimEnd('\n').Split('\n');
        for (int row = 0; row < 120; row += 3)
        {
            lines[row + 1] = lines[row + 1].EndsWith("yes", StringComparison.Ordinal) ? lines[row + 1][..^3] + "no" : lines[row + 1][..^2] + "yes";
        }

        using var folder = new TemporaryFolder();
        var data = Dataset.FromCsv(folder.Write("a.csv", csv), "outcome");
        var turned = Dataset.FromCsv(folder.Write("b.csv", string.Join('\n', lines) + "\n"), "outcome");
        var options = new ExperimentOptions { Folds = new FoldAssignment(folds, 3) };
        var one = await Experiment.RunAsync(Cohort.Quick(data), data, options);
        var other = await Experiment.RunAsync(Cohort.Quick(turned), turned, options);
        var before = one.Parts[0].Predictions.Where(prediction => prediction.Fold == 0).ToArray();
        var after = other.Parts[0].Predictions.Where(prediction => prediction.Fold == 0).ToArray();
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i].Probabilities.AsSpan(), after[i].Probabilities.AsSpan());
            Assert.Equal(before[i].Threshold, after[i].Threshold);
            Assert.NotEqual(before[i].Target, after[i].Target);
        }
    }

    [Fact]
    public async Task RunAsync_ThreeClasses_AnswersAllOfThem()
    {
        var data = Cohort.Dataset(300, seed: 5, classes: 3);
        var run = await Experiment.RunAsync(Cohort.Quick(data) with { Folds = 3 }, data);
        Assert.Equal("multiclass", run.Model.Manifest.Task);
        Assert.Null(run.Model.Manifest.Threshold);
        Assert.True(run.Metrics.OutOfFold.LogLoss.Value < 1.05, $"{run.Metrics.OutOfFold.LogLoss}");
        Assert.All(run.Parts[0].Predictions, prediction => Assert.Equal(1, prediction.Probabilities.Sum(), 5));
        Assert.Contains("\"recall_middle\"", MetricsFile.ToText(run.Parts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FromAModel_KeepsTheLineageAndIsNoWorseThanTheSource()
    {
        var here = Cohort.Dataset(400, seed: 6);
        var there = Cohort.Dataset(200, seed: 7, shift: -1.5);
        var source = await Experiment.RunAsync(Cohort.Quick(here), here);
        var moved = await Experiment.RunAsync(Cohort.Quick(there) with { From = source.Model, Folds = 5 }, there);
        var parent = moved.Model.Manifest.Parent;
        Assert.NotNull(parent);
        Assert.Equal(source.Model.Digest, parent.Digest);
        Assert.Equal(11, moved.Candidates.Length);
        Assert.Contains(moved.Candidates, candidate => candidate.IsChosen && candidate.Name == parent.Adaptation);
        Assert.True(moved.Metrics.OutOfFold.LogLoss.Value <= moved.Candidates[0].LogLoss + 1e-9);
        var again = await Experiment.RunAsync(Cohort.Quick(there) with { From = moved.Model, Folds = 3 }, there);
        Assert.Equal(source.Model.Digest, again.Model.Manifest.Parent!.Parent!.Digest);
    }

    [Fact]
    public async Task RunAsync_NoTimeAtAll_FinishesTheFirstKindAndSaysSoInThePlan()
    {
        var data = Cohort.Dataset(150, seed: 8);
        var run = await Experiment.RunAsync(Cohort.Quick(data), data, new ExperimentOptions { TimeLimit = TimeSpan.Zero });
        Assert.Equal("logistic", Assert.Single(run.Plan.Models));
        var again = await Experiment.RunAsync(run.Plan, data);
        Assert.Equal(run.Model.Digest, again.Model.Digest);
    }

    [Fact]
    public async Task TrainAsync_TooFewPatientsOfAClass_IsRefusedAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("few.csv", "a,outcome\n1,no\n2,no\n3,yes\n4,no\n5,yes\n6,no\n");
        var request = new TrainingRequest { DataPath = path, Data = new DatasetOptions { Target = "outcome" } };
        var refusal = await Assert.ThrowsAsync<DataException>(() => Runs.TrainAsync(request, folder["run"]));
        Assert.Contains("has only", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["run"]));
    }
}
