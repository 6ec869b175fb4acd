using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>Features that tell are chosen again and again, noise is not, and threads change nothing.</summary>
public sealed class StabilitySelectionTests
{
    [Fact]
    public void Run_FewTellingFeatures_AreChosenInNearlyAllHalvesAndNoiseSeldom()
    {
        var (columns, classes) = Made(60, 500, 1.8);
        var found = Run(columns, classes, TaskPool.Sequential);

        Assert.All(Enumerable.Range(0, 3), feature => Assert.True(found.Frequencies[0][feature] > 0.8, $"feature {feature}: {found.Frequencies[0][feature]}"));
        Assert.True(found.Frequencies[0][3..].Average() < 0.05);
        Assert.InRange(found.Selected, 3, 15);
        Assert.True(found.FalseFeatures(0.75) < found.FalseFeatures(0.6));
    }

    [Fact]
    public void Run_LabelsThatNothingTells_ChooseNoFeatureReliably()
    {
        var (columns, classes) = Made(60, 500, 0);
        var found = Run(columns, classes, TaskPool.Sequential);

        // One false feature is expected at most at 0.75; a few more would not be chance.
        Assert.InRange(found.Frequencies[0].Count(frequency => frequency > 0.75), 0, 2);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Run_MoreThreads_SameFrequencies(int threads)
    {
        var (columns, classes) = Made(40, 200, 1);
        using var pool = new TaskPool(threads);
        Assert.Equal(Run(columns, classes, TaskPool.Sequential).Frequencies[0], Run(columns, classes, pool).Frequencies[0]);
    }

    private static StabilitySelection Run(double[][] columns, int[] classes, TaskPool pool) =>
        StabilitySelection.Run(columns, classes, [.. Enumerable.Range(0, classes.Length)], 2, new StabilityOptions { Pairs = 20 }, 5, pool, default);

    private static (double[][] Columns, int[] Classes) Made(int samples, int features, double effect)
    {
        var random = new Philox(8, RandomPurpose.Search, 0);
        int[] classes = [.. Enumerable.Range(0, samples).Select(i => i % 2)];
        double[][] columns = [.. Enumerable.Range(0, features).Select(feature =>
            Enumerable.Range(0, samples).Select(i => random.Normal((ulong)((feature * samples) + i)) + (feature < 3 ? effect * classes[i] : 0)).ToArray())];
        foreach (double[] column in columns)
        {
            StandardizedColumns.Standardize(column);
        }

        return (columns, classes);
    }
}
