using MedTune.Data;
using Xunit.Abstractions;

namespace MedTune.Tests;

public sealed class ExperimentTests(ITestOutputHelper output)
{
    [Fact]
    public async Task RunAsync_Cleveland_ReachesTheBaseline()
    {
        if (SharedData.Find("tabular/heart_disease/cleveland.csv") is not { } path)
        {
            output.WriteLine("Left out: the Cleveland data are not on this machine.");
            return;
        }

        var patients = Dataset.FromCsv(path, "num>0", options: new DatasetOptions { Missing = ["?"] });
        var folds = FoldFile.Read(SharedData.Find("tabular/heart_disease/folds_cleveland.csv")!, patients);
        var run = await Experiment.RunAsync(
            Plan.For(patients) with { Seed = 1 }, patients, new ExperimentOptions { Folds = folds.Assignment });
        foreach (var candidate in run.Candidates)
        {
            output.WriteLine($"{candidate.Name} {candidate.Setting} {candidate.LogLoss:0.0000} {candidate.Auroc:0.0000} {candidate.IsChosen} {candidate.TimesChosen} [{string.Join(' ', candidate.SettingLosses.Select(pair => $"{pair.Value:0.000}"))}]");
        }

        foreach (var (name, estimate) in run.Metrics.OutOfFold)
        {
            output.WriteLine($"{name} {estimate} {estimate.Method}");
        }

        Assert.True(run.Metrics.OutOfFold["auroc_fold_mean"].Value >= 0.900, $"{run.Metrics.OutOfFold["auroc_fold_mean"]}");
        Assert.True(run.Metrics.OutOfFold.LogLoss.Value <= 0.390, $"{run.Metrics.OutOfFold.LogLoss}");
    }
}
