namespace MedTune.Tests;

/// <summary>Boosting, forest and the stack: one hash for every thread count and instruction set, and for a run that was stopped anywhere.</summary>
public sealed class SameTreesTests
{
    /// <summary>Of the trees of tiny runs, alone and moved. It changes only when the arithmetic does; then the numerics profile gets a new number.</summary>
    private const string TreesDigest = "246bc01acf34387ac8133eefb1175b5e";

    public static TheoryData<string> Kinds() => new(ModelKinds.OfTrees);

    [Fact]
    [Trait("Category", "InstructionSet")]
    public async Task RunAsync_TinyCohort_GivesTheCommittedTrees()
    {
        var here = Cohort.Dataset(60, seed: 5);
        var there = Cohort.Dataset(40, seed: 6, shift: -0.7);
        var digests = new List<string>();
        foreach (string kind in ModelKinds.OfTrees)
        {
            var run = await Experiment.RunAsync(Cohort.Quick(here) with { Models = ModelKinds.ModelsOf(kind) }, here);
            var moved = await Experiment.RunAsync(Cohort.Quick(there) with { From = run.Model }, there);
            digests.Add(WeightDigest.OfNodes(run.Model));
            digests.Add(WeightDigest.OfNodes(moved.Model));
        }

        Assert.Equal(TreesDigest, WeightDigest.Of(string.Join(' ', digests)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RunAsync_AnyThreadCount_GivesTheSameFile(string kind)
    {
        var one = await ModelKinds.RunAsync(kind, options: new ExperimentOptions { Threads = 1 });
        foreach (int threads in new[] { 2, 4 })
        {
            var run = await ModelKinds.RunAsync(kind, options: new ExperimentOptions { Threads = threads });
            Assert.Equal(one.Model.Digest, run.Model.Digest);
            Assert.Equal(MetricsFile.ToText(one.Parts), MetricsFile.ToText(run.Parts));
            Assert.Equal(PredictionsFile.ToText(one.Parts, one.Model.Manifest.Classes), PredictionsFile.ToText(run.Parts, run.Model.Manifest.Classes));
        }
    }

    /// <summary>Stops between fits by count and inside fits by the clock; whatever was reached, the end is the same.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RunAsync_StoppedAgainAndAgain_GivesTheSameFile(string kind)
    {
        var whole = await ModelKinds.RunAsync(kind);
        using var folder = new House.TemporaryFolder();
        var cohort = Cohort.Dataset(150, seed: 41);
        var plan = Cohort.Quick(cohort) with { Models = ModelKinds.ModelsOf(kind) };
        for (int attempt = 1; ; attempt++)
        {
            using var stop = new CancellationTokenSource();
            if (attempt % 2 == 0)
            {
                stop.CancelAfter(TimeSpan.FromMilliseconds(15 * attempt));
            }

            int finished = 0;
            int stopAfter = attempt;
            var watcher = new Immediate(() =>
            {
                if (++finished == stopAfter && stopAfter % 2 == 1)
                {
                    stop.Cancel();
                }
            });
            try
            {
                var options = new ExperimentOptions { Threads = 1 + (attempt % 3), CheckpointFolder = folder.Path };
                var run = await Experiment.RunAsync(plan, cohort, options, watcher, stop.Token);
                Assert.Equal(whole.Model.Digest, run.Model.Digest);
                Assert.True(attempt > 1, "Nothing was stopped.");
                return;
            }
            catch (OperationCanceledException)
            {
                Assert.True(attempt < 200, "The run never ends.");
            }
        }
    }

    private sealed class Immediate(Action action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action();
    }
}
