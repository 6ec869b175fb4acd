using System.Globalization;
using System.Text;
using MedTune.Data;
using MedTune.Modalities.Tabular;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>Settings drawn by lot: tried beside the others, chosen by inner folds only, the same bits however they are computed.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task RunAsync_Search_TriesWhatItDrewBesideTheDefaults()
    {
        var cohort = Cohort.Dataset(150, seed: 9);
        var plain = await Experiment.RunAsync(Quick(cohort, 0), cohort);
        var run = await Experiment.RunAsync(Quick(cohort, 3), cohort);
        Assert.Equal(3, run.Plan.Search);
        foreach (var (candidate, without) in run.Candidates.Zip(plain.Candidates).Where(pair => pair.First.Tried.Length > 0))
        {
            Assert.Equal(without.Tried.Length + 3, candidate.Tried.Length);
            Assert.Equal(3, candidate.Tried.Count(tried => tried.IsDrawn));
            Assert.Equal(without.Tried.Select(tried => tried.LogLoss), candidate.Tried.Where(tried => !tried.IsDrawn).Select(tried => tried.LogLoss));
            var preferred = Assert.Single(candidate.Tried, tried => tried.IsPreferred);
            Assert.Equal(candidate.Setting, preferred.Setting);
            Assert.True(preferred.LogLoss <= without.Tried.Min(tried => tried.LogLoss), "A search must not end with a setting that validates worse than without.");
            Assert.Equal(run.Plan.Folds, candidate.Tried.Sum(tried => tried.PreferredIn.Length));
            for (int fold = 0; fold < run.Plan.Folds; fold++)
            {
                double best = without.Tried.Min(tried => tried.InnerLosses[fold]);
                var used = Assert.Single(candidate.Tried, tried => tried.PreferredIn.Contains(fold));
                Assert.True(used.IsDrawn ? used.InnerLosses[fold] < best : used.InnerLosses[fold] == best, "Neither the best default nor a better draw.");
            }
        }
    }

    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(0.05, 1)]
    public void Score_DrawnSetting_MustWinByAStandardError(double noise, int chosen)
    {
        // The second setting's margins are a tenth better on the mean; whether that is luck depends on how far single samples differ.
        const int Samples = 60;
        int[] classes = [.. Enumerable.Range(0, Samples).Select(i => i % 2)];
        float[] always = [.. classes.Select(own => own == 1 ? 0.5f : -0.5f)];
        float[] drawn = [.. classes.Select((own, i) => (own == 1 ? 1 : -1) * (float)(0.6 + (i % 4 < 2 ? 3 * noise : -3 * noise)))];
        var logistic = new LogisticCandidate([1], 2);
        var family = new CandidateFamily([logistic, logistic.Drawn(0, 0)]);
        Assert.Equal(chosen, Validation.Score(0, family, [always, drawn], classes, [.. Enumerable.Range(0, Samples).Select(i => i % 5)]).Setting);
    }

    [Fact]
    public async Task RunAsync_LongerSearch_BeginsWithTheSameSettings()
    {
        var cohort = Cohort.Dataset(120, seed: 10);
        var one = await Experiment.RunAsync(Quick(cohort, 1) with { Models = ["logistic", "forest"] }, cohort);
        var two = await Experiment.RunAsync(Quick(cohort, 2) with { Models = ["logistic", "forest"] }, cohort);
        for (int c = 0; c < 2; c++)
        {
            Assert.Equal(one.Candidates[c].Tried.Select(Text), two.Candidates[c].Tried.Select(Text).SkipLast(1));
        }

        static string Text(TriedSetting tried) => string.Create(CultureInfo.InvariantCulture, $"{tried.Setting} {tried.LogLoss:R}");
    }

    [Fact]
    public async Task RunAsync_SearchOnOutcomeDrawnByLot_FindsNothing()
    {
        var text = new StringBuilder("a,b,c,d,outcome\n");
        for (int i = 0; i < 300; i++)
        {
            var random = new Philox(79, RandomPurpose.Bootstrap, (ulong)i);
            text.Append(CultureInfo.InvariantCulture, $"{random.Normal(0):0.###},{random.Normal(10):0.###},{random.Normal(20):0.###},{random.Below(5, 40)},{(random.Uniform(50) < 0.4 ? "yes" : "no")}\n");
        }

        using var folder = new TemporaryFolder();
        var data = Dataset.FromCsv(folder.Write("lot.csv", text.ToString()), "outcome");
        var plan = Cohort.Quick(data) with { Folds = 5, InnerFolds = 3, SealedShare = 0, Search = 12, Models = ["logistic", "forest", "perceptron"] };
        var run = await Experiment.RunAsync(plan, data);
        Assert.Equal(12, run.Plan.Search);
        Assert.InRange(run.Metrics.OutOfFold.Auroc.Value, 0.4, 0.6);
        Assert.All(run.Candidates, candidate => Assert.InRange(candidate.Auroc, 0.4, 0.6));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task RunAsync_SearchOnAnyThreadCount_GivesTheSameFile(int threads)
    {
        var cohort = Cohort.Dataset(120, seed: 11);
        var one = await Experiment.RunAsync(Quick(cohort, 2), cohort, new ExperimentOptions { Threads = 1 });
        var run = await Experiment.RunAsync(Quick(cohort, 2), cohort, new ExperimentOptions { Threads = threads });
        Assert.Equal(one.Model.Digest, run.Model.Digest);
        Assert.Equal(SettingsFile.ToText(one.Candidates), SettingsFile.ToText(run.Candidates));
    }

    [Fact]
    public async Task RunAsync_SearchStoppedAndGoneOnWith_GivesTheSameFile()
    {
        var cohort = Cohort.Dataset(120, seed: 11);
        var whole = await Experiment.RunAsync(Quick(cohort, 2), cohort);
        using var folder = new TemporaryFolder();
        var options = new ExperimentOptions { Threads = 1, CheckpointFolder = folder.Path };
        for (int stopAfter = 3; ; stopAfter += 9)
        {
            using var stop = new CancellationTokenSource();
            int finished = 0;
            var watcher = new Immediate(() =>
            {
                if (++finished == stopAfter)
                {
                    stop.Cancel();
                }
            });
            try
            {
                var run = await Experiment.RunAsync(Quick(cohort, 2), cohort, options, watcher, stop.Token);
                Assert.Equal(whole.Model.Digest, run.Model.Digest);
                Assert.Equal(SettingsFile.ToText(whole.Candidates), SettingsFile.ToText(run.Candidates));
                return;
            }
            catch (OperationCanceledException)
            {
                Assert.True(stopAfter < 200, "The run never ends.");
            }
        }
    }

    [Fact]
    public async Task RunAsync_NoTimeForTheSearch_SaysInThePlanThatNothingWasDrawn()
    {
        var cohort = Cohort.Dataset(120, seed: 11);
        var plan = Quick(cohort, 5) with { Models = ["logistic"] };
        var run = await Experiment.RunAsync(plan, cohort, new ExperimentOptions { TimeLimit = TimeSpan.Zero });
        Assert.Equal(0, run.Plan.Search);
        var again = await Experiment.RunAsync(run.Plan, cohort);
        Assert.Equal(run.Model.Digest, again.Model.Digest);
    }

    [Fact]
    public async Task TrainAsync_Search_KeepsTheTrailAndVerifies()
    {
        using var folder = new TemporaryFolder();
        var request = new TrainingRequest
        {
            DataPath = Cohort.Write(folder, "cohort.csv", 120, seed: 12),
            Data = new DatasetOptions { Target = "outcome" },
            Models = ["logistic"],
            Search = 4,
        };
        var finished = await Runs.TrainAsync(request, folder["run"]);
        string[] lines = File.ReadAllLines(Path.Combine(folder["run"], "settings.csv"));
        Assert.StartsWith("model,setting,values,drawn,log_loss,standard_error,preferred,preferred_in_folds,inner_log_loss_0", lines[0], StringComparison.Ordinal);
        Assert.Equal(finished.Run.Candidates[0].Tried.Length + 1, lines.Length);
        Assert.Equal(4, lines.Count(line => line.Contains(",yes,0.", StringComparison.Ordinal)));
        Assert.Contains("\"search\": 4", File.ReadAllText(Path.Combine(folder["run"], "plan.json")), StringComparison.Ordinal);
        Assert.True((await Runs.VerifyAsync(folder["run"])).IsEqual);
    }

    private static Plan Quick(Dataset dataset, int search) =>
        Cohort.Quick(dataset) with { Search = search, Models = ["logistic", "boosting", "forest", "perceptron"] };

    private sealed class Immediate(Action action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action();
    }
}
