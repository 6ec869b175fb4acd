using System.Collections.Immutable;
using System.Text.Json;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>The full-batch trainer against scikit-learn's logistic regression, and against its own optimality conditions.</summary>
public sealed class LogisticRegressionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Minimize_TwoClasses_EqualsScikitLearn(int number)
    {
        using var golden = Golden();
        var expected = golden.RootElement.GetProperty("cases")[number];
        var samples = Samples(golden, "y");
        using var trainer = Trainer(samples, 2);
        var result = trainer.Minimize(expected.GetProperty("penalty").GetDouble(), [], new LbfgsOptions { GradientTolerance = 1e-10 });
        Assert.True(result.Converged, $"{result}");
        double[] weights = Numbers(expected.GetProperty("weights"));
        for (int i = 0; i < 4; i++)
        {
            Assert.InRange(trainer.Values[i], weights[i] - 2e-7, weights[i] + 2e-7);
        }

        Assert.Equal(expected.GetProperty("intercept").GetDouble(), trainer.Values[4], 6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Minimize_ThreeClasses_GivesScikitLearnsProbabilities(int number)
    {
        using var golden = Golden();
        var expected = golden.RootElement.GetProperty("cases")[number];
        var samples = Samples(golden, "three");
        using var trainer = Trainer(samples, 3);
        var result = trainer.Minimize(expected.GetProperty("penalty").GetDouble(), [], new LbfgsOptions { GradientTolerance = 1e-9 });
        Assert.True(result.Converged, $"{result}");
        var head = Head(3).WithInitializers(trainer.ToTensors());
        float[] margins = HeadScores.Of(head, "margin", samples, [.. Enumerable.Range(0, samples.Count)]);
        double[] probabilities = Numbers(expected.GetProperty("several"));
        for (int i = 0; i < samples.Count; i++)
        {
            double sum = Enumerable.Range(0, 3).Sum(k => DoubleMath.Exp(margins[(i * 3) + k]));
            for (int k = 0; k < 3; k++)
            {
                Assert.InRange(DoubleMath.Exp(margins[(i * 3) + k]) / sum, probabilities[(i * 3) + k] - 2e-6, probabilities[(i * 3) + k] + 2e-6);
            }
        }
    }

    [Fact]
    public void Minimize_StrongPenaltyTowardsAnAnchor_StaysThere()
    {
        using var golden = Golden();
        using var trainer = Trainer(Samples(golden, "y"), 2);
        double[] anchor = [0.5, -0.25, 1, 0, 0];
        trainer.Minimize(1e9, anchor);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(anchor[i], trainer.Values[i], 5);
        }
    }

    private static JsonDocument Golden() => JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests/TestData/Training/logistic.json")));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static TrainingSamples Samples(JsonDocument golden, string target)
    {
        float[] x = [.. Numbers(golden.RootElement.GetProperty("x")).Select(value => (float)value)];
        ImmutableArray<int> classes = [.. golden.RootElement.GetProperty(target).EnumerateArray().Select(number => number.GetInt32())];
        var inputs = ImmutableSortedDictionary.Create<string, Tensor>(StringComparer.Ordinal)
            .Add("features", new Tensor<float>(new Shape(classes.Length, 4), x));
        return new TrainingSamples(classes.Length, inputs, classes);
    }

    private static Graph Head(int classes)
    {
        var builder = new GraphBuilder("head");
        var features = builder.Input("features", ElementType.Float, Dimension.Batch, 4);
        builder.Output(LinearHead.Append(builder, features, [], classes == 2 ? 1 : classes, "margin"));
        return builder.Build();
    }

    private static FullBatchTrainer Trainer(TrainingSamples samples, int classes) => new(
        Head(classes),
        "margin",
        Loss.For(classes),
        [new TrainableParameter(LinearHead.Weights, true), new TrainableParameter(LinearHead.Intercept, false)],
        samples,
        [.. Enumerable.Range(0, samples.Count)]);
}
