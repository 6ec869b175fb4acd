using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training.Trees;

public sealed class RegressionBoostingTests
{
    private static readonly BoostingOptions Quick = new() { Rounds = 80, Patience = 10, StoppingFolds = 3, Tree = new TreeOptions { Depth = 3, Leaves = 8 } };

    [Fact]
    public void Fit_OneTreeWithoutShrinkage_HoldsWeightedMeansOfItsSides()
    {
        float[] matrix = new float[8 * TreeCohort.Width];
        double[] targets = [1, 2, 3, 4, 10, 20, 30, 40], weights = [1, 1, 1, 3, 1, 2, 1, 1];
        for (int i = 0; i < 8; i++)
        {
            matrix[i * TreeCohort.Width] = i < 4 ? 1 : 2;
        }

        var options = new BoostingOptions { Rounds = 1, LearningRate = 1, RowShare = 1, FeatureShare = 1, StoppingFolds = 0, Tree = new TreeOptions { Ridge = 0 } };
        var record = RegressionBoosting.Fit(Samples(matrix, targets) with { Weights = [.. weights] }, options, 1, 0, TreeCohort.Progress());
        float[] answers = TreeCohort.Margins(record, matrix, 1);

        Assert.Equal(18 / 6.0, answers[0], 5);
        Assert.Equal(120 / 5.0, answers[7], 4);
    }

    [Fact]
    public void Fit_NumbersOfALine_AreLearnedAndHeldOutRowsDecideWhenToStop()
    {
        var (matrix, targets) = Made(500, 1);
        var record = RegressionBoosting.Fit(Samples(matrix, targets), Quick, 1, 0, TreeCohort.Progress());
        var (other, truth) = Made(500, 2);
        float[] answers = TreeCohort.Margins(record, other, 1);

        double mean = targets.Average();
        double error = answers.Zip(truth, (a, b) => (a - b) * (a - b)).Average();
        Assert.InRange(error, 0, 0.4 * truth.Average(value => (value - mean) * (value - mean)));
        Assert.InRange(record["stop-loss"][0], 0.3 * error, 0.8 * error);
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits()
    {
        var (matrix, targets) = Made(700, 4);
        using var two = new TaskPool(2);
        using var four = new TaskPool(4);
        string[] fits =
        [
            .. new[] { TaskPool.Sequential, two, four }
                .Select(pool => RegressionBoosting.Fit(Samples(matrix, targets), Quick, 1, 3, TreeCohort.Progress(), pool))
                .Select(record => string.Join(',', record["trees"].Select(BitConverter.DoubleToInt64Bits))),
        ];

        Assert.Single(fits.Distinct());
    }

    [Fact]
    public void Fit_SampleTwice_IsTheSameAsWeightTwo()
    {
        var (matrix, targets) = Made(60, 6);
        var options = Quick with { StoppingFolds = 0, Rounds = 5, RowShare = 1, FeatureShare = 1 };
        double[] weights = [.. targets.Select((_, i) => i < 20 ? 2.0 : 1)];
        float[] doubled = [.. matrix, .. matrix[..(20 * TreeCohort.Width)]];

        var weighted = RegressionBoosting.Fit(Samples(matrix, targets) with { Weights = [.. weights] }, options, 1, 0, TreeCohort.Progress());
        var repeated = RegressionBoosting.Fit(Samples(doubled, [.. targets, .. targets[..20]]), options, 1, 0, TreeCohort.Progress());

        Assert.All(TreeCohort.Margins(weighted, matrix, 1).Zip(TreeCohort.Margins(repeated, matrix, 1)), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Fit_TargetsOrWeightsThatCannotBeUsed_AreRefused()
    {
        var samples = Samples(new float[4 * TreeCohort.Width], [1, 2, 3, 4]);

        Assert.Throws<ArgumentException>(() => Fit(samples with { Targets = [1, double.NaN, 3, 4] }));
        Assert.Throws<ArgumentException>(() => Fit(samples with { Targets = [1, 2, 3] }));
        Assert.Throws<ArgumentException>(() => Fit(samples with { Weights = [1, 0, 1, 1] }));

        static FitRecord Fit(NumberSamples samples) => RegressionBoosting.Fit(samples, Quick, 1, 0, TreeCohort.Progress());
    }

    private static NumberSamples Samples(float[] matrix, double[] targets) => new(
        BinnedFeatures.Of(matrix, TreeCohort.IsCategory, [.. Enumerable.Range(0, targets.Length)]), [.. targets], [.. Enumerable.Range(0, targets.Length)]);

    private static (float[] Matrix, double[] Targets) Made(int rows, ulong seed)
    {
        var (matrix, _) = TreeCohort.Make(rows, seed);
        var random = new Philox(seed, RandomPurpose.Drawing, 9);
        double[] targets =
        [
            .. Enumerable.Range(0, rows).Select(row =>
                (2.0 * matrix[row * TreeCohort.Width]) + (matrix[(row * TreeCohort.Width) + 3] is 2 or 5 ? 3 : 0) + (0.5 * random.Normal((ulong)row))),
        ];
        return (matrix, targets);
    }
}
