using System.Text.Json;
using MedTune.Tensors;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>Ridge regression by products of samples and by features: scikit-learn's optima either way.</summary>
public sealed class RidgePathTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record Case(int Classes, double Penalty, double[][] X, int[] Y, double[][] Probabilities, double[][] Weights);

    [Fact]
    public void Follow_GivenPenalties_EndsAtTheOptimaOfScikitLearn()
    {
        foreach (var golden in JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Repository.PathOf("tests/TestData/Training/Ridge/golden.json")), Json)!)
        {
            double[][] columns = Columns(golden.X);
            var fit = RidgePath.Follow(columns, golden.Y, golden.Classes, [10 * golden.Penalty, golden.Penalty], default)[1];

            for (int margin = 0; margin < fit.Weights.Length; margin++)
            {
                Assert.All(fit.Weights[margin].Zip(golden.Weights[margin]), pair => Assert.Equal(pair.Second, pair.First, 5e-5));
            }

            for (int sample = 0; sample < golden.Y.Length; sample++)
            {
                double[] margins = [.. fit.Weights.Select((weights, margin) => fit.Intercepts[margin] + weights.Select((weight, feature) => weight * columns[feature][sample]).Sum())];
                double[] scores = golden.Classes == 2 ? [0, margins[0]] : margins;
                double all = scores.Sum(DoubleMath.Exp);
                Assert.All(golden.Probabilities[sample].Zip(scores), pair => Assert.Equal(pair.First, DoubleMath.Exp(pair.Second) / all, 5e-5));
            }
        }
    }

    [Fact]
    public void Follow_FeaturesThatNeverChangeOrRepeat_AreNoTrouble()
    {
        double[] told = [-1, -1, 1, 1];
        var fit = RidgePath.Follow([new double[4], told, told, new double[4], new double[4]], [0, 0, 1, 1], 2, [0.1], default)[0];

        Assert.Equal(fit.Weights[0][1], fit.Weights[0][2], 1e-9);
        Assert.True(fit.Weights[0][1] > 0.1);
        Assert.All(new[] { 0, 3, 4 }, feature => Assert.Equal(0, fit.Weights[0][feature], 1e-12));
        Assert.All(RidgePath.Follow([new double[4], new double[4], new double[4], new double[4], new double[4]], [0, 1, 1, 1], 2, [0.1], default)[0].Weights[0], weight => Assert.Equal(0, weight));
    }

    private static double[][] Columns(double[][] rows)
    {
        double[][] columns = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Select(row => row[column]).ToArray())];
        foreach (double[] column in columns)
        {
            StandardizedColumns.Standardize(column);
        }

        return columns;
    }
}
