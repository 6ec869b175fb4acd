using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training.Trees;

public sealed class GradientBoostingTests
{
    /// <summary>Of tiny fits of boosting and forest; one for every instruction set and number of threads.</summary>
    private const string TinyDigest = "68cf4ceaffb7efe101900481f2167589";

    private static readonly BoostingOptions Quick = new() { Rounds = 60, Patience = 10, StoppingFolds = 3, Tree = new TreeOptions { Depth = 3, Leaves = 8 } };

    [Fact]
    public void Fit_OneTreeWithoutShrinkage_IsTheNewtonStepOfItsLeaves()
    {
        // Two separated groups: the root split is found, and each leaf is sum(y - p) / (sum(p (1 - p)) + ridge).
        float[] matrix = new float[8 * TreeCohort.Width];
        int[] targets = [0, 0, 0, 1, 1, 1, 1, 1];
        for (int i = 0; i < 8; i++)
        {
            matrix[i * TreeCohort.Width] = i < 4 ? 1 : 2;
        }

        var options = new BoostingOptions
        {
            Rounds = 1,
            LearningRate = 1,
            RowShare = 1,
            FeatureShare = 1,
            StoppingFolds = 0,
            Tree = new TreeOptions { ChildWeight = 0.1 },
        };
        var record = GradientBoosting.Fit(TreeCohort.Samples(matrix, targets), options, 1, 0, TreeCohort.Progress());
        var trees = FittedTrees.Of(record, "", 1);
        double prior = 5.5 / 9;
        double weight = 4 * prior * (1 - prior);
        Assert.Equal((1 - (4 * prior)) / (weight + 1), trees.Weights[0].Weight, 6);
        Assert.Equal((4 - (4 * prior)) / (weight + 1), trees.Weights[1].Weight, 6);
        Assert.Equal(1.5, trees.Nodes[0].Threshold);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_NonlinearCohort_IsBetterThanThePriorOnOtherSamples(int classes)
    {
        int margins = classes == 2 ? 1 : classes;
        var record = GradientBoosting.Fit(TreeCohort.Samples(600, 1, classes), Quick, 1, 0, TreeCohort.Progress());
        var (matrix, targets) = TreeCohort.Make(600, 2, classes);
        double prior = targets.CountBy(target => target).Sum(pair => -pair.Value / 600.0 * Math.Log(pair.Value / 600.0));
        Assert.True(TreeCohort.Loss(record, matrix, targets, margins) < prior - 0.12);
        Assert.InRange(record["rounds"][0], 5, 60);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_AnyThreadCount_GivesTheSameBits(int classes)
    {
        var samples = TreeCohort.Samples(300, 3, classes);
        string one = TreeCohort.Digest(GradientBoosting.Fit(samples, Quick, 1, 0, TreeCohort.Progress()));
        using var pool = new TaskPool(4);
        Assert.Equal(one, TreeCohort.Digest(GradientBoosting.Fit(samples, Quick, 1, 0, TreeCohort.Progress(), pool)));
    }

    [Fact]
    [Trait("Category", "InstructionSet")]
    public void Fit_TinyCohort_GivesTheCommittedBits()
    {
        var samples = TreeCohort.Samples(80, 3);
        var small = Quick with { Rounds = 12, StoppingFolds = 2 };
        string boosting = TreeCohort.Digest(GradientBoosting.Fit(samples, small, 1, 0, TreeCohort.Progress()));
        string several = TreeCohort.Digest(GradientBoosting.Fit(TreeCohort.Samples(80, 4, 3), small, 1, 0, TreeCohort.Progress()));
        string forest = TreeCohort.Digest(RandomForest.Fit(samples, new ForestOptions { Trees = 5 }, 1, 0, TreeCohort.Progress()));
        Assert.Equal(TinyDigest, WeightDigest.Of($"{boosting} {several} {forest}"));
    }

    [Fact]
    public void Fit_StoppedAnywhereAndGoneOnWith_GivesTheSameBits()
    {
        var samples = TreeCohort.Samples(200, 5);
        string whole = TreeCohort.Digest(GradientBoosting.Fit(samples, Quick, 1, 0, TreeCohort.Progress()));
        foreach (int stopAfter in new[] { 1, 7, 20, 45 })
        {
            using var folder = new House.TemporaryFolder();
            var state = new BoostingState(new ClassObjective(samples, TaskPool.Sequential), Quick, 1, 0, TaskPool.Sequential);
            for (int i = 0; i < stopAfter && !state.IsFinished; i++)
            {
                state.Step();
            }

            TreeCohort.Progress(folder.Path).Save(state.Save);
            Assert.Equal(whole, TreeCohort.Digest(GradientBoosting.Fit(samples, Quick, 1, 0, TreeCohort.Progress(folder.Path))));
        }
    }

    [Fact]
    public void Fit_Cancelled_KeepsItsStateAndGoesOn()
    {
        var samples = TreeCohort.Samples(100, 5);
        using var folder = new House.TemporaryFolder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => GradientBoosting.Fit(samples, Quick, 1, 0, TreeCohort.Progress(folder.Path), null, stop.Token));
        Assert.Single(Directory.GetFiles(folder.Path));
        Assert.Equal(
            TreeCohort.Digest(GradientBoosting.Fit(samples, Quick, 1, 0, TreeCohort.Progress())),
            TreeCohort.Digest(GradientBoosting.Fit(samples, Quick, 1, 0, TreeCohort.Progress(folder.Path))));
    }

    [Fact]
    public void Fit_MonotoneFeature_NeverFalls()
    {
        var options = Quick with { StoppingFolds = 0, Rounds = 40, Tree = new TreeOptions { Depth = 3, Monotone = [0, 1, 0, 0] } };
        var record = GradientBoosting.Fit(TreeCohort.Samples(300, 6), options, 1, 0, TreeCohort.Progress());
        const int Steps = 81;
        var grid = new float[Steps * TreeCohort.Width];
        for (int i = 0; i < Steps; i++)
        {
            float[] row = [0.3f, -4 + (i * 0.1f), 0, 2];
            row.CopyTo(grid, i * TreeCohort.Width);
        }

        float[] margins = TreeCohort.Margins(record, grid, 1);
        for (int i = 1; i < Steps; i++)
        {
            Assert.True(margins[i] >= margins[i - 1] - 1e-6f);
        }
    }

    [Fact]
    public void Fit_TrainingSamples_GoTheSameWayInTheGraph()
    {
        var (matrix, targets) = TreeCohort.Make(400, 7);
        var samples = TreeCohort.Samples(matrix, targets);
        var booster = new Booster(new ClassObjective(samples, TaskPool.Sequential), [.. Enumerable.Range(0, 400)], Quick, 1, 0, TaskPool.Sequential);
        var trees = new TreeEnsembleBuilder(1);
        for (int round = 0; round < 10; round++)
        {
            trees.Add(booster.Step(round)[0], samples.Features, 0);
        }

        var record = FittedTrees.ToRecord(trees, booster.StartValues);
        Assert.Equal(booster.Loss([.. Enumerable.Range(0, 400)]) / 400, TreeCohort.Loss(record, matrix, targets, 1), 6);
    }
}
