using MedTune.Data;
using MedTune.Evaluation;
using MedTune.Modalities.Tabular;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests;

public sealed class SiteValidationTests(ITestOutputHelper output)
{
    private static readonly Dataset Hospitals = SiteCohort.Dataset(SiteCohort.Csv());

    [Fact]
    public async Task RunAsync_FourSites_LeavesOutThreeAndTrainsWithTheSmallOne()
    {
        var run = await Experiment.RunAsync(SiteCohort.Quick(Hospitals), Hospitals, new ExperimentOptions { Folds = Splits.KFold(Hospitals.Target, Hospitals.Groups, 3, 1) });
        var sites = run.Sites!;
        Assert.Equal(["a", "b", "c", "small"], sites.Sites.Select(site => site.Name));
        Assert.Equal([60, 90, 70, null], sites.Sites.Select(site => site.Count));
        Assert.Equal([false, false, false, true], sites.Sites.Select(site => site.IsTooFew));
        Assert.Empty(sites.Sites[3].Metrics);
        Assert.All(sites.Sites.Take(3), site => Assert.True(site.Metrics["auroc"].Value > 0.6 && site.Metrics["auroc"].HasInterval, site.Name));

        // Of the prevalences, b's is above what the others teach and c's below.
        Assert.True(sites.Sites[1].Metrics["observed_expected_ratio"].Value > 1.05);
        Assert.True(sites.Sites[2].Metrics["observed_expected_ratio"].Value < 0.95);
        Assert.Equal(3, sites.Summaries["auroc"].Sites);
        Assert.InRange(sites.Summaries["auroc"].Mean.Value, sites.Sites.Take(3).Min(site => site.Metrics["auroc"].Value), sites.Sites.Take(3).Max(site => site.Metrics["auroc"].Value));
        Assert.Contains(run.Events, entry => entry.Step == "sites" && entry.Detail.Contains("small", StringComparison.Ordinal));
        Assert.Contains("\"too_small\": [\n      \"small\"\n    ]", MetricsFile.ToText(run.Parts, run.Sites), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OtherOutcomesAtOneSite_ChangesNoPredictionForIt()
    {
        // With the folds given nothing is sealed, so only what the validation does with a site's outcomes can change what is expected there.
        var turned = SiteCohort.Dataset(SiteCohort.Csv(outcomeOf: (site, outcome) => site == "b" ? outcome == "yes" ? "no" : "yes" : outcome));
        var folds = new ExperimentOptions { Folds = Splits.KFold(Hospitals.Target, Hospitals.Groups, 3, 1) };
        var before = await Experiment.RunAsync(SiteCohort.Quick(Hospitals), Hospitals, folds);
        var after = await Experiment.RunAsync(SiteCohort.Quick(turned), turned, folds);
        Assert.Equal(Expected(before, "b"), Expected(after, "b"), 9);
        Assert.NotEqual(Expected(before, "a"), Expected(after, "a"), 3);

        static double Expected(Run run, string name)
        {
            var site = run.Sites!.Sites.Single(site => site.Name == name);
            return site.Events!.Value / site.Metrics["observed_expected_ratio"].Value;
        }
    }

    [Fact]
    public async Task RunAsync_StoppedAmongTheSitesAndGoneOnWith_GivesTheSameTextForAnyThreads()
    {
        var plan = SiteCohort.Quick(Hospitals);
        var whole = await Experiment.RunAsync(plan, Hospitals, new ExperimentOptions { Threads = 1 });
        using var folder = new TemporaryFolder();
        var options = new ExperimentOptions { Threads = 2, CheckpointFolder = folder.Path };
        using var stop = new CancellationTokenSource();
        var watcher = new Watcher(progress =>
        {
            if (progress.Detail.Contains("site 1", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Experiment.RunAsync(plan, Hospitals, options, watcher, stop.Token));
        int last = 0;
        int total = 0;
        var run = await Experiment.RunAsync(plan, Hospitals, options, new Watcher(progress => (last, total) = (Math.Max(last, progress.Done), progress.Total)));
        Assert.Equal(MetricsFile.ToText(whole.Parts, whole.Sites), MetricsFile.ToText(run.Parts, run.Sites));
        Assert.Equal(whole.Model.Digest, run.Model.Digest);
        Assert.Equal(total, last);
    }

    [Fact]
    public async Task RunAsync_TimeIsUp_LeavesTheSitesOutAndSaysSoInThePlan()
    {
        var run = await Experiment.RunAsync(SiteCohort.Quick(Hospitals), Hospitals, new ExperimentOptions { TimeLimit = TimeSpan.Zero });
        Assert.Null(run.Sites);
        Assert.False(run.Plan.SiteValidation);
        Assert.Contains(run.Events, entry => entry.Step == "sites" && entry.Detail.Contains("time", StringComparison.Ordinal));
        var again = await Experiment.RunAsync(run.Plan, Hospitals, new ExperimentOptions { TimeLimit = null });
        Assert.Null(again.Sites);
        Assert.Equal(run.Model.Digest, again.Model.Digest);
    }

    [Fact]
    public async Task RunAsync_TwoLargeSites_SaysWhyNoneIsLeftOut()
    {
        string csv = SiteCohort.Csv().Replace(",c\n", ",small\n", StringComparison.Ordinal).Replace(",b\n", ",a\n", StringComparison.Ordinal);
        var two = SiteCohort.Dataset(csv);
        var run = await Experiment.RunAsync(SiteCohort.Quick(two), two);
        Assert.Null(run.Sites);
        Assert.True(run.Plan.SiteValidation);
        Assert.Contains(run.Events, entry => entry.Step == "sites" && entry.Detail.Contains("needs 3 sites", StringComparison.Ordinal));
        Assert.DoesNotContain("\"sites\"", MetricsFile.ToText(run.Parts, run.Sites), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SwitchedOff_GivesTheSameModelAndNoSites()
    {
        var plan = SiteCohort.Quick(Hospitals);
        var on = await Experiment.RunAsync(plan, Hospitals);
        var off = await Experiment.RunAsync(plan with { SiteValidation = false }, Hospitals);
        Assert.Equal((on.Model.Digest, true, true), (off.Model.Digest, on.Sites is not null, off.Sites is null));
        Assert.Equal(MetricsFile.ToText(on.Parts), MetricsFile.ToText(off.Parts));
        Assert.DoesNotContain(off.Events, entry => entry.Step == "sites");
    }

    [Fact]
    public void Of_PatientsOfTwoSites_TrainForNeither()
    {
        // The first five patients of a are the first five of b.
        var dataset = SiteCohort.Dataset(SiteCohort.Csv((site, i) => site is "a" or "b" && i <= 5 ? $"both{i}" : $"{site}{i}"));
        var data = TabularData.For(dataset, PlanColumn.For(dataset));
        var split = SiteSplit.Of(data, [.. Enumerable.Range(0, data.Rows)]);
        Assert.Equal((5, 3), (split.Straddling, split.Sites.Length));
        for (int fold = 0; fold < split.Sites.Length; fold++)
        {
            int[] judged = split.Loop.Folds.TestRows(fold);
            Assert.All(judged, row => Assert.Equal(split.Sites[fold], dataset.Sites![row]));
            Assert.Empty(split.Loop.TrainingRows[fold].Select(row => dataset.Patients![row]).Intersect(judged.Select(row => dataset.Patients![row])));
            int elsewhere = Enumerable.Range(0, data.Rows).Count(row => dataset.Sites![row] != split.Sites[fold]);
            Assert.Equal(split.Sites[fold] <= 1 ? elsewhere - 5 : elsewhere, split.Loop.TrainingRows[fold].Length);
        }
    }

    [Fact]
    public async Task RunAsync_HeartDiseaseAtFourHospitals_JudgesThreeOfThem()
    {
        string[] names = ["cleveland", "hungarian", "switzerland", "va"];
        string?[] paths = [.. names.Select(name => SharedData.Find($"tabular/heart_disease/{name}.csv"))];
        if (paths.Any(path => path is null))
        {
            output.WriteLine("Left out: the heart-disease data are not on this machine.");
            return;
        }

        using var folder = new TemporaryFolder();
        string[][] files = [.. paths.Select(path => File.ReadAllLines(path!))];
        string joined = string.Join('\n', files.SelectMany((lines, i) => lines.Skip(1).Select(line => $"{line},{names[i]}")).Prepend(files[0][0] + ",hospital"));
        var dataset = Dataset.FromCsv(folder.Write("heart.csv", joined), "num>0", options: new DatasetOptions { Missing = ["?"], Site = "hospital" });
        var run = await Experiment.RunAsync(Plan.For(dataset) with { Models = ["logistic"], Seed = 1 }, dataset);
        foreach (var site in run.Sites!.Sites)
        {
            output.WriteLine($"{site.Name} {site.Count} {site.Events} {string.Join("  ", site.Metrics.Select(pair => $"{pair.Key} {pair.Value}"))}");
        }

        // Switzerland has eight patients without the disease.
        Assert.Equal(["switzerland"], run.Sites.Sites.Where(site => site.IsTooFew).Select(site => site.Name));
        var hungarian = run.Sites.Sites[1].Metrics;
        Assert.True(hungarian["auroc"].Value > 0.85);

        // Its patients are healthier than the others': what an intercept from its own repairs shows.
        Assert.True(hungarian["observed_expected_ratio"].High < 1);
        Assert.True(hungarian[SiteEvaluation.NewInterceptLogLoss].Value < hungarian["log_loss"].Value - 0.04);
        Assert.True(run.Sites.Sites[3].Metrics["auroc"].Value < 0.8, "the veterans are the hard ones");
    }

    private sealed class Watcher(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
