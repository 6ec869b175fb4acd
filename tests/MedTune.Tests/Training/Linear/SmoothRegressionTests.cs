using System.Text.Json;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>Penalised linear models with smooth terms: scikit-learn's fits on numpy's terms, honest held-out answers, and a graph that says the same.</summary>
public sealed class SmoothRegressionTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly bool[] IsCategory = [false, false, true];

    private sealed record Case(float?[] X, double[] Weights, double[] Y, double[] Yes, double Penalty, double[] Ridge, double[] Logistic)
    {
        public float[] Matrix => Array.ConvertAll(X, value => value ?? float.NaN);

        public int[] Rows => [.. Enumerable.Range(0, Y.Length)];
    }

    private static Case Golden => JsonSerializer.Deserialize<Case>(File.ReadAllText(Repository.PathOf("tests/TestData/Training/Smooth/golden.json")), Json)!;

    [Fact]
    public void Fit_WeightedNumbers_EndsWhereScikitLearnDoes()
    {
        var golden = Golden;
        var fit = SmoothRegression.Fit(
            golden.Matrix, IsCategory, golden.Rows, golden.Y, golden.Weights, golden.Rows, new SmoothOptions { Penalties = [golden.Penalty], ProductFactors = 0 });

        Assert.Equal(10, fit.Terms.Count);
        Assert.All(fit.Predict(golden.Matrix, 3, golden.Rows).Zip(golden.Ridge), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void Fit_YesAndNo_EndsWhereScikitLearnDoes()
    {
        var golden = Golden;
        var fit = SmoothRegression.Fit(
            golden.Matrix, IsCategory, golden.Rows, golden.Yes, [], golden.Rows, new SmoothOptions { Penalties = [golden.Penalty], IsLogistic = true });

        Assert.All(fit.Predict(golden.Matrix, 3, golden.Rows).Zip(golden.Logistic), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void Fit_Noise_IsDrawnToTheMean_AndABend_IsFound()
    {
        var (matrix, noise, bent) = Made(400);
        int[] rows = [.. Enumerable.Range(0, 400)];

        var nothing = SmoothRegression.Fit(matrix, [false, false], rows, noise, [], rows);
        var bend = SmoothRegression.Fit(matrix, [false, false], rows, bent, [], rows);

        double mean = noise.Average();
        Assert.InRange(nothing.Predict(matrix, 2, rows).Select(value => Math.Abs(value - mean)).Max(), 0, 0.4);
        Assert.InRange(bend.HeldOutLoss, 0, 0.1 * Variance(bent));
    }

    [Fact]
    public void Fit_ProductOfTwoColumns_IsFoundByProductsAlone()
    {
        var (matrix, _, _) = Made(400);
        int[] rows = [.. Enumerable.Range(0, 400)];
        double[] product = Array.ConvertAll(rows, row => (double)matrix[2 * row] * matrix[(2 * row) + 1] + matrix[2 * row]);

        var with = SmoothRegression.Fit(matrix, [false, false], rows, product, [], rows);
        var without = SmoothRegression.Fit(matrix, [false, false], rows, product, [], rows, new SmoothOptions { ProductFactors = 0 });

        Assert.True(with.HeldOutLoss < 0.05 * without.HeldOutLoss);
    }

    [Fact]
    public void Fit_HeldOutAnswers_ComeFromModelsWithoutTheGroup()
    {
        // Each group's outcome is its own number, which its covariate names: whoever has seen the group knows it, whoever has not cannot.
        int[] rows = [.. Enumerable.Range(0, 204)], groups = Array.ConvertAll(rows, row => row / 6);
        float[] matrix = Array.ConvertAll(rows, row => (float)groups[row]);
        double[] targets = Array.ConvertAll(groups, group => new Philox(3, RandomPurpose.Drawing, 0).Normal((ulong)group));

        var fit = SmoothRegression.Fit(matrix, [true], rows, targets, [], groups, new SmoothOptions { Penalties = [0.001] });

        Assert.All(rows.GroupBy(row => groups[row]), group => Assert.Single(group.Select(row => fit.HeldOut[row]).Distinct()));
        Assert.True(fit.HeldOutLoss > 0.9 * Variance(targets));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void Append_Graph_SaysWhatPredictSays(int products)
    {
        var golden = Golden;
        var fit = SmoothRegression.Fit(golden.Matrix, IsCategory, golden.Rows, golden.Y, [], golden.Rows, new SmoothOptions { ProductFactors = products });
        var builder = new GraphBuilder("smooth");
        builder.Output(fit.Append(builder, builder.Input("x", ElementType.Float, golden.Rows.Length, 3)), "y");
        using var plan = ExecutionPlan.Compile(builder.Build(), new PlanOptions());
        golden.Matrix.CopyTo(plan.Input<float>("x"));
        plan.Run();

        float[] answers = [.. plan.Output<float>("y")];
        Assert.All(fit.Predict(golden.Matrix, 3, golden.Rows).Zip(answers), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static double Variance(double[] values) => values.Average(value => value * value) - (values.Average() * values.Average());

    private static (float[] Matrix, double[] Noise, double[] Bent) Made(int rows)
    {
        var random = new Philox(5, RandomPurpose.Drawing, 1);
        var matrix = new float[2 * rows];
        var (noise, bent) = (new double[rows], new double[rows]);
        for (int i = 0; i < rows; i++)
        {
            (matrix[2 * i], matrix[(2 * i) + 1]) = ((float)random.Normal((ulong)(3 * i)), (float)random.Normal((ulong)((3 * i) + 1)));
            noise[i] = random.Normal((ulong)((3 * i) + 2));
            bent[i] = Math.Abs(matrix[2 * i]);
        }

        return (matrix, noise, bent);
    }
}
