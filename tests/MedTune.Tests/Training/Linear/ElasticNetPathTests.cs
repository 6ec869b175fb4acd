using System.Text.Json;
using MedTune.Tensors;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>Elastic nets with more features than samples: scikit-learn's optima, the conditions of an optimum, and a path that begins at nothing.</summary>
public sealed class ElasticNetPathTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record Case(int Classes, double LassoShare, double Penalty, double[][] X, int[] Y, double[][] Probabilities, double[][] Weights);

    [Fact]
    public void Follow_GivenPenalties_EndsAtTheOptimaOfScikitLearn()
    {
        foreach (var golden in JsonSerializer.Deserialize<Case[]>(File.ReadAllText(Repository.PathOf("tests/TestData/Training/ElasticNet/golden.json")), Json)!)
        {
            var fit = ElasticNetPath.Follow(Columns(golden.X), golden.Y, golden.Classes, new ElasticNetOptions { LassoShare = golden.LassoShare, Penalties = [golden.Penalty], Tolerance = 1e-13 })[0];

            for (int sample = 0; sample < golden.Y.Length; sample++)
            {
                double[] expected = golden.Probabilities[sample], actual = Probabilities(fit, golden.X[sample], golden.Classes);
                Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
            }

            Assert.All(fit.Weights, weight => Assert.Equal(golden.Weights[weight.Margin][weight.Feature], weight.Value, 2e-5));
            Assert.Equal(golden.Weights.Sum(row => row.Count(value => Math.Abs(value) > 1e-5)), fit.Weights.Count(weight => Math.Abs(weight.Value) > 1e-5));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Follow_Path_BeginsAtNothingAndExplainsMoreAndMore(int classes)
    {
        var (rows, labels) = Made(50, 400, classes);
        var path = ElasticNetPath.Follow(Columns(rows), labels, classes, new ElasticNetOptions { Count = 20, Tolerance = 1e-8 });

        Assert.Empty(path[0].Weights);
        Assert.True(path[1].Weights.Length > 0);
        for (int step = 1; step < path.Length; step++)
        {
            Assert.True(path[step].Penalty < path[step - 1].Penalty && path[step].Explained >= path[step - 1].Explained - 1e-9);
        }

        // Features 0 to 2 tell the class; they come first.
        Assert.Contains(path[4].Features, feature => feature < 3);
        Assert.Equal(path[^1].Weights.ToArray(), ElasticNetPath.Follow(Columns(rows), labels, classes, new ElasticNetOptions { Count = 20, Tolerance = 1e-8 })[^1].Weights.ToArray());
    }

    [Fact]
    public void Follow_ColumnsThatSayNothing_GiveTheSharesOfTheClasses()
    {
        var fit = Assert.Single(ElasticNetPath.Follow([new double[8], new double[8]], [0, 0, 0, 0, 0, 0, 1, 1], 2));

        Assert.Empty(fit.Weights);
        Assert.Equal(DoubleMath.Log(2.0 / 6), fit.Intercepts[0], 1e-9);
    }

    [Fact]
    public void Follow_ClassWithoutSamplesOrUnevenColumns_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ElasticNetPath.Follow([new double[3]], [0, 0, 0], 2));
        Assert.Throws<ArgumentException>(() => ElasticNetPath.Follow([new double[2]], [0, 1, 0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ElasticNetPath.Follow([new double[2]], [0, 1], 2, new ElasticNetOptions { LassoShare = 0 }));
    }

    private static (double[][] Rows, int[] Classes) Made(int samples, int features, int classes)
    {
        var random = new Philox(3, RandomPurpose.Search, 0);
        var rows = Enumerable.Range(0, samples).Select(i => Enumerable.Range(0, features).Select(j => random.Normal((ulong)((i * features) + j))).ToArray()).ToArray();
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => i % classes)];
        for (int i = 0; i < samples; i++)
        {
            rows[i][labels[i] % 3] += 1.5;
        }

        double[][] columns = Columns(rows);
        foreach (double[] column in columns)
        {
            double mean = column.Average(), deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
            for (int i = 0; i < samples; i++)
            {
                column[i] = (column[i] - mean) / deviation;
            }
        }

        return (Columns(columns), labels);
    }

    private static double[][] Columns(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Select(row => row[column]).ToArray())];

    private static double[] Probabilities(ElasticNetFit fit, double[] row, int classes)
    {
        double[] margins = [.. fit.Intercepts];
        foreach (var weight in fit.Weights)
        {
            margins[weight.Margin] += weight.Value * row[weight.Feature];
        }

        double[] scores = classes == 2 ? [0, margins[0]] : margins;
        double all = scores.Sum(DoubleMath.Exp);
        return [.. scores.Select(score => DoubleMath.Exp(score) / all)];
    }
}
