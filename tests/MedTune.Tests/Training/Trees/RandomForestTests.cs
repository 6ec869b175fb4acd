using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training.Trees;

public sealed class RandomForestTests
{
    private static readonly ForestOptions Quick = new() { Trees = 40, LeafSamples = 5 };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_NonlinearCohort_GivesProbabilitiesThatTellClassesApart(int classes)
    {
        int margins = classes == 2 ? 1 : classes;
        var record = RandomForest.Fit(TreeCohort.Samples(600, 1, classes), Quick, 1, 0, TreeCohort.Progress());
        var (matrix, targets) = TreeCohort.Make(600, 2, classes);
        float[] shares = TreeCohort.Margins(record, matrix, margins);
        double loss = 0;
        for (int i = 0; i < 600; i++)
        {
            double own = margins == 1 ? (targets[i] == 1 ? shares[i] : 1 - shares[i]) : shares[(i * margins) + targets[i]];
            loss -= Math.Log(own) / 600;
            Assert.InRange(margins == 1 ? shares[i] : shares.AsSpan(i * margins, margins).ToArray().Sum(), margins == 1 ? 0.001 : 0.999, margins == 1 ? 0.999 : 1.001);
        }

        double prior = targets.CountBy(target => target).Sum(pair => -pair.Value / 600.0 * Math.Log(pair.Value / 600.0));
        Assert.True(loss < prior - 0.1, $"{loss} against {prior}");
    }

    [Fact]
    public void Fit_StoppedAndGoneOnWithByOtherThreads_GivesTheSameBits()
    {
        var samples = TreeCohort.Samples(200, 5, 3);
        string whole = TreeCohort.Digest(RandomForest.Fit(samples, Quick, 1, 0, TreeCohort.Progress()));
        using var folder = new House.TemporaryFolder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => RandomForest.Fit(samples, Quick, 1, 0, TreeCohort.Progress(folder.Path), null, stop.Token));
        using var pool = new TaskPool(3);
        Assert.Equal(whole, TreeCohort.Digest(RandomForest.Fit(samples, Quick, 1, 0, TreeCohort.Progress(folder.Path), pool)));
    }
}
