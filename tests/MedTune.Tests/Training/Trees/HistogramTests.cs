using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training.Trees;

public sealed class HistogramTests
{
    private const int Rows = 9000;

    [Fact]
    public void Fill_RowByRow_EqualsFeatureByFeature()
    {
        var (features, gradients) = Samples();
        foreach (int[] rows in new[] { [.. Enumerable.Range(0, Rows)], Enumerable.Range(0, Rows).Where(row => row % 3 == 1).ToArray(), [5, 7, 4000] })
        {
            var leaf = Leaf(rows, gradients);
            var byRow = Filled(features, rows, leaf, gradients, true, TaskPool.Sequential);
            var byFeature = Filled(features, rows, leaf, gradients, false, TaskPool.Sequential);
            for (int f = 0; f < TreeCohort.Width; f++)
            {
                double[] expected = byFeature.Of(f).ToArray();
                double[] actual = byRow.Of(f).ToArray();
                Assert.Equal(expected.Length, actual.Length);
                Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.First - pair.Second, -1e-9, 1e-9));
            }
        }
    }

    [Fact]
    public void Fill_AnyThreadCount_GivesTheSameBits()
    {
        var (features, gradients) = Samples();
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var leaf = Leaf(rows, gradients);
        var expected = Filled(features, rows, leaf, gradients, true, TaskPool.Sequential);
        foreach (int threads in new[] { 2, 4 })
        {
            using var pool = new TaskPool(threads);
            var actual = Filled(features, rows, leaf, gradients, true, pool);
            for (int f = 0; f < TreeCohort.Width; f++)
            {
                Assert.Equal(expected.Of(f).ToArray(), actual.Of(f).ToArray());
            }
        }
    }

    [Fact]
    public void Grow_AnyThreadCount_GivesTheSameBits()
    {
        // Several shards at the root, one in the leaves.
        var samples = TreeCohort.Samples(Rows, 5);
        var options = new BoostingOptions { Rounds = 8, StoppingFolds = 0, RowShare = 0.9, FeatureShare = 0.8, Tree = new TreeOptions { Depth = 5 } };
        string[] digests = [.. new[] { 1, 2, 4 }.Select(threads =>
        {
            using var pool = new TaskPool(threads);
            return TreeCohort.Digest(GradientBoosting.Fit(samples, options, 3, 0, TreeCohort.Progress(), pool));
        })];
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void SlotRows_LeaveTheCommonestCodeOut()
    {
        var slots = SlotRows.Of<byte>([[1, 1, 0, 1], [2, 0, 2, 1]], [2, 3], 4);
        Assert.Equal(5, slots.Count);
        Assert.Equal([1, 4], new[] { slots.Common(0), slots.Common(1) });
        Assert.Equal([0, 0, 1, 2, 3], slots.Starts.ToArray());
        Assert.Equal([2, 0, 3], slots.Slots.ToArray());
    }

    private static (BinnedFeatures Features, double[] Gradients) Samples()
    {
        var samples = TreeCohort.Samples(Rows, 4);
        var gradients = new double[2 * Rows];
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i] = new Philox(1, RandomPurpose.Search, 0).UniformDouble((ulong)i) - (i % 2 == 0 ? 0.5 : 0);
        }

        return (samples.Features, gradients);
    }

    private static OpenLeaf Leaf(int[] rows, double[] gradients) => new(
        new GrownNode(0, 0, 0, rows.Length),
        [rows.Sum(row => gradients[2 * row]), rows.Sum(row => gradients[(2 * row) + 1])],
        (double.NegativeInfinity, double.PositiveInfinity));

    private static Histogram Filled(BinnedFeatures features, int[] rows, OpenLeaf leaf, double[] gradients, bool everyFeature, TaskPool pool)
    {
        var histogram = new Histogram(features, 1);
        var filler = new HistogramFiller(features, 1, everyFeature, pool);
        filler.Fill(histogram, rows, 0, leaf, gradients, [.. Enumerable.Range(0, TreeCohort.Width)]);
        return histogram;
    }
}
