
namespace MedTune.Tests;

/// <summary>One hash for every thread count and every instruction set.</summary>
public sealed class SameBitsTests
{
    /// <summary>
    /// Of the weights of a tiny run: logistic regression and perceptron trained, both fine-tuned. It changes only when the arithmetic
    /// does; then the numerics profile gets a new number.
    /// </summary>
    private const string WeightsDigest = "77ee2445bb11b967b7ae0638cf58d706";

    [Fact]
    [Trait("Category", "InstructionSet")]
    public async Task RunAsync_TinyCohort_GivesTheCommittedWeights()
    {
        var here = Cohort.Dataset(72, seed: 5);
        var there = Cohort.Dataset(48, seed: 6, shift: -0.7);
        var digests = new List<string>();
        foreach (string kind in new[] { "logistic", "perceptron" })
        {
            var run = await Experiment.RunAsync(Cohort.Quick(here) with { Models = [kind] }, here);
            var moved = await Experiment.RunAsync(Cohort.Quick(there) with { From = run.Model }, there);
            digests.Add(WeightDigest.Of(run.Model));
            digests.Add(WeightDigest.Of(moved.Model));
        }

        Assert.Equal(WeightsDigest, WeightDigest.Of(string.Join(' ', digests)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task RunAsync_AnyThreadCount_GivesTheSameFile(int threads)
    {
        var cohort = Cohort.Dataset(150, seed: 9);
        var one = await Experiment.RunAsync(Cohort.Quick(cohort), cohort, new ExperimentOptions { Threads = 1 });
        var run = await Experiment.RunAsync(Cohort.Quick(cohort), cohort, new ExperimentOptions { Threads = threads });
        Assert.Equal(one.Model.Digest, run.Model.Digest);
        Assert.Equal(MetricsFile.ToText(one.Parts), MetricsFile.ToText(run.Parts));
        Assert.Equal(
            PredictionsFile.ToText(one.Parts, one.Model.Manifest.Classes), PredictionsFile.ToText(run.Parts, run.Model.Manifest.Classes));
    }

    [Fact]
    public async Task RunAsync_AnotherSeed_GivesAnotherFile()
    {
        var cohort = Cohort.Dataset(150, seed: 9);
        var one = await Experiment.RunAsync(Cohort.Quick(cohort), cohort);
        var other = await Experiment.RunAsync(Cohort.Quick(cohort) with { Seed = 4 }, cohort);
        Assert.NotEqual(one.Model.Digest, other.Model.Digest);
    }

    [Fact]
    public async Task RunAsync_StoppedAtEveryPointAndGoneOnWith_GivesTheSameFile()
    {
        var cohort = Cohort.Dataset(150, seed: 9);
        var plan = Cohort.Quick(cohort) with { Epochs = 20 };
        var whole = await Experiment.RunAsync(plan, cohort);
        using var folder = new House.TemporaryFolder();
        var options = new ExperimentOptions { Threads = 1, CheckpointFolder = folder.Path };
        for (int stopAfter = 1; ; stopAfter += 2)
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
                var run = await Experiment.RunAsync(plan, cohort, options, watcher, stop.Token);
                Assert.Equal(whole.Model.Digest, run.Model.Digest);
                return;
            }
            catch (OperationCanceledException)
            {
                Assert.True(stopAfter < 100, "The run never ends.");
            }
        }
    }

    private sealed class Immediate(Action action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action();
    }
}
