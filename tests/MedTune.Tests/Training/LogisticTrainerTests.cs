using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>The trainer for two classes against the general one, which runs the graph itself.</summary>
public sealed class LogisticTrainerTests
{
    private const string Features = "features";

    [Theory]
    [InlineData(3, 2, 10)]
    [InlineData(3, 2, 0.5)]
    [InlineData(0, 3, 1)]
    [InlineData(5, 0, 1)]
    public void Minimize_FeaturesAndCategories_EqualsTheGeneralTrainer(int features, int categories, double penalty)
    {
        var samples = Samples(400, features, categories);
        var (head, parameters) = Head(features, categories);
        int[] rows = [.. Enumerable.Range(0, 400).Where(row => row % 5 != 0)];
        var options = new LbfgsOptions { GradientTolerance = 1e-10 };
        using var general = new FullBatchTrainer(head, "margin", Loss.For(2), parameters, samples, rows);
        Assert.True(general.Minimize(penalty, [], options).Converged);
        var trainer = Trainer(samples, features, categories, rows);
        Assert.True(trainer.Minimize(penalty, options).Converged);
        var (expected, actual) = (general.ToTensors(), trainer.ToTensors());
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, tensor) in expected)
        {
            Assert.Equal(tensor.Shape, actual[name].Shape);
            for (int i = 0; i < tensor.Length; i++)
            {
                Assert.InRange(actual[name].Values<float>()[i] - tensor.Values<float>()[i], -2e-6f, 2e-6f);
            }
        }
    }

    [Fact]
    public void Minimize_FollowsAPathOfPenalties_EndsWhereAFreshStartEnds()
    {
        var samples = Samples(300, 3, 2);
        int[] rows = [.. Enumerable.Range(0, 300)];
        var options = new LbfgsOptions { GradientTolerance = 1e-10 };
        var warm = Trainer(samples, 3, 2, rows);
        warm.Minimize(100, options);
        warm.Minimize(1, options);
        var fresh = Trainer(samples, 3, 2, rows);
        fresh.Minimize(1, options);
        Assert.Equal(fresh.ToTensors()[LinearHead.Weights].Values<float>()[0], warm.ToTensors()[LinearHead.Weights].Values<float>()[0], 5);
    }

    [Fact]
    public void Minimize_AnyThreadCount_GivesTheSameBits()
    {
        // More than one shard.
        var samples = Samples(9000, 4, 3);
        int[] rows = [.. Enumerable.Range(0, 9000)];
        string[] digests = [.. new[] { 1, 2, 4 }.Select(threads =>
        {
            using var pool = new TaskPool(threads);
            var trainer = Trainer(samples, 4, 3, rows, pool);
            trainer.Minimize(1, new LbfgsOptions { GradientTolerance = 1e-6 });
            return Digest(trainer);
        })];
        Assert.Single(digests.Distinct());
    }

    [Fact]
    [Trait("Category", "InstructionSet")]
    public void Minimize_TinyCohort_GivesTheCommittedBits()
    {
        var trainer = Trainer(Samples(60, 5, 2), 5, 2, [.. Enumerable.Range(0, 60)]);
        trainer.Minimize(1, new LbfgsOptions { GradientTolerance = 1e-6 });
        Assert.Equal("484b8ef37a78731df2105dacff5f8bce", Digest(trainer));
    }

    [Fact]
    public void Minimize_OneClassOnly_StaysFinite()
    {
        var samples = Samples(50, 2, 1) with { Classes = [.. Enumerable.Repeat(1, 50)] };
        var trainer = Trainer(samples, 2, 1, [.. Enumerable.Range(0, 50)]);
        trainer.Minimize(1);
        Assert.All(trainer.ToTensors().Values, tensor => Assert.All(tensor.Values<float>().ToArray(), value => Assert.True(float.IsFinite(value))));
    }

    private static string Digest(LogisticTrainer trainer) => WeightDigest.Of(string.Join(' ', trainer.ToTensors().Values
        .SelectMany(tensor => tensor.Values<float>().ToArray()).Select(BitConverter.SingleToInt32Bits)));

    private static LogisticTrainer Trainer(TrainingSamples samples, int features, int categories, int[] rows, TaskPool? pool = null) =>
        new(samples, features == 0 ? null : Features, Codes(new GraphBuilder("codes"), categories), rows, pool);

    private static ImmutableArray<LevelCodes> Codes(GraphBuilder builder, int categories) =>
        [.. Enumerable.Range(0, categories).Select(c => new LevelCodes(builder.Input($"codes/{c}", ElementType.Int64, Dimension.Batch), Levels(c), $"{c}"))];

    /// <summary>The last level never occurs, as in a table with room for a level never seen.</summary>
    private static int Levels(int category) => 4 + (3 * category);

    private static (Graph Head, ImmutableArray<TrainableParameter> Parameters) Head(int features, int categories)
    {
        var builder = new GraphBuilder("head");
        Value? matrix = features == 0 ? null : builder.Input(Features, ElementType.Float, Dimension.Batch, features);
        var codes = Codes(builder, categories);
        builder.Output(LinearHead.Append(builder, matrix, codes, 1, "margin"));
        var parameters = codes.Select(category => new TrainableParameter(LinearHead.TableOf(category.Label), true)).ToList();
        parameters.Add(new TrainableParameter(LinearHead.Intercept, false));
        if (features > 0)
        {
            parameters.Insert(0, new TrainableParameter(LinearHead.Weights, true));
        }

        return (builder.Build(), [.. parameters]);
    }

    private static TrainingSamples Samples(int rows, int features, int categories)
    {
        var inputs = ImmutableSortedDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        var matrix = new float[rows * features];
        var codes = Enumerable.Range(0, categories).Select(_ => new long[rows]).ToArray();
        var classes = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            var random = new Philox(11, RandomPurpose.Bootstrap, (ulong)row);
            double logOdds = -1;
            for (int j = 0; j < features; j++)
            {
                matrix[(row * features) + j] = (float)random.Normal((ulong)j);
                logOdds += (j - 1) * matrix[(row * features) + j];
            }

            for (int c = 0; c < categories; c++)
            {
                // Mostly the same level, as clinical codes are.
                codes[c][row] = random.Uniform((ulong)(100 + c)) < 0.6f ? 2 : random.Below(Levels(c) - 1, (ulong)(200 + c));
                logOdds += codes[c][row] == 1 ? 1.5 : 0;
            }

            classes[row] = random.UniformDouble(300) < DoubleMath.Sigmoid(logOdds) ? 1 : 0;
        }

        if (features > 0)
        {
            inputs[Features] = new Tensor<float>(new Shape(rows, features), matrix);
        }

        for (int c = 0; c < categories; c++)
        {
            inputs[$"codes/{c}"] = new Tensor<long>(new Shape(rows), codes[c]);
        }

        return new TrainingSamples(rows, inputs.ToImmutable(), [.. classes]);
    }
}
