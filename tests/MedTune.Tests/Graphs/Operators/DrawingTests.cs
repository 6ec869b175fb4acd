using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

/// <summary>The drawing operators: their distributions, and what decides their numbers.</summary>
public sealed class DrawingTests
{
    private const int Count = 20_000;

    [Fact]
    public void RandomNormal_MeanAndDeviation_AreThoseAsked()
    {
        float[] drawn = Draw("RandomNormal", Shaped().With("mean", 2f).With("scale", 3f).With("seed", 1f));
        double mean = drawn.Average(x => (double)x);
        double deviation = Math.Sqrt(drawn.Average(x => (x - mean) * (x - mean)));

        // Four standard errors of either.
        Assert.Equal(2, mean, 4 * 3 / Math.Sqrt(Count));
        Assert.Equal(3, deviation, 4 * 3 / Math.Sqrt(2.0 * Count));
    }

    [Fact]
    public void RandomUniform_Numbers_FillTheRangeEvenly()
    {
        float[] drawn = Draw("RandomUniform", Shaped().With("low", -1f).With("high", 3f));

        Assert.All(drawn, x => Assert.InRange(x, -1, 3));
        for (int quarter = 0; quarter < 4; quarter++)
        {
            Assert.Equal(0.25, drawn.Count(x => x >= quarter - 1 && x < quarter) / (double)Count, 4 * Math.Sqrt(0.25 * 0.75 / Count));
        }
    }

    [Fact]
    public void Bernoulli_Share_IsTheProbability()
    {
        var builder = new GraphBuilder("draw");
        var chances = builder.Expand(builder.Constant(Tensor.Scalar(0.3f)), builder.Constant(Tensor.Vector((long)Count)));
        float[] drawn = Run(builder, builder.Append("Bernoulli", [chances], Attributes.None.With("seed", 5f)));

        Assert.Equal(0.3, drawn.Average(x => (double)x), 4 * Math.Sqrt(0.21 / Count));
    }

    [Fact]
    public void Multinomial_Shares_AreThoseOfTheLogarithms()
    {
        // Weights 1, 2 and 5 as logarithms, plus a constant that must not matter.
        var logarithms = Tensor.Create(new Shape(1, 3), [1f, (float)DoubleMath.Log(2) + 1, (float)DoubleMath.Log(5) + 1]);
        var builder = new GraphBuilder("draw");
        var drawn = builder.Append("Multinomial", [builder.Constant(logarithms)], Attributes.None.With("sample_size", Count));
        float[] classes = Run(builder, builder.Cast(drawn, ElementType.Float));

        foreach (var (place, share) in new[] { (0f, 0.125), (1f, 0.25), (2f, 0.625) })
        {
            Assert.Equal(share, classes.Count(x => x == place) / (double)Count, 4 * Math.Sqrt(0.25 / Count));
        }
    }

    [Fact]
    public void Seed_DecidesTheNumbers_AndWithoutOneTheNameDoes()
    {
        var seeded = Shaped().With("seed", 7f);

        Assert.Equal(Draw("RandomNormal", seeded, "a"), Draw("RandomNormal", seeded, "b"));
        Assert.NotEqual(Draw("RandomNormal", seeded), Draw("RandomNormal", Shaped().With("seed", 8f)));
        Assert.Equal(Draw("RandomNormal", Shaped(), "a"), Draw("RandomNormal", Shaped(), "a"));
        Assert.NotEqual(Draw("RandomNormal", Shaped(), "a"), Draw("RandomNormal", Shaped(), "b"));
    }

    private static Attributes Shaped() => Attributes.None.With("shape", (long[])[Count]);

    private static float[] Draw(string operation, Attributes attributes, string name = "drawn")
    {
        var builder = new GraphBuilder("draw");
        return Run(builder, builder.Append(operation, [], attributes, outputName: name));
    }

    private static float[] Run(GraphBuilder builder, Value value)
    {
        builder.Output(value);
        using var plan = ExecutionPlan.Compile(builder.Build(), new PlanOptions());
        plan.Run();
        return plan.Output<float>(value.Name).ToArray();
    }
}
