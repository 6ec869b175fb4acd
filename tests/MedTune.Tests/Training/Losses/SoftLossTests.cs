using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training.Losses;

/// <summary>Losses with a target for each class: values by hand, slopes by central differences, and what they become in plain cases.</summary>
public sealed class SoftLossTests
{
    private static readonly float[] Margins = [0.3f, -1.2f, 0.8f, 2.0f, 0.1f, -0.4f];
    private static readonly float[] Mixed = [0.7f, 0.2f, 0.1f, 0f, 1.5f, 0f];

    public static TheoryData<string> Names => ["soft", "focal", "focal 0", "ldam"];

    [Fact]
    public void Soft_HardTargets_AreCrossEntropy()
    {
        double expected = (PointwiseLoss.Of(Margins.AsSpan(0, 3), 2) + PointwiseLoss.Of(Margins.AsSpan(3, 3), 0)) / 2;
        Assert.Equal(expected, Value(new SoftCrossEntropy(), Margins, [0, 0, 1, 1, 0, 0]), 5);
        Assert.Equal(expected, Value(new FocalLoss(0), Margins, [0, 0, 1, 1, 0, 0]), 5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_MixedTargets_IsTheFormula(string name)
    {
        double expected = 0;
        for (int i = 0; i < 6; i++)
        {
            double[] margins = [.. Enumerable.Range(0, 3).Select(k => (double)Margins[(i / 3 * 3) + k] - (name == "ldam" && Mixed[(i / 3 * 3) + k] > 0 ? Distance(k) : 0))];
            double p = DoubleMath.Exp(margins[i % 3]) / margins.Sum(margin => DoubleMath.Exp(margin));
            expected -= Mixed[i] * DoubleMath.Log(p) * (name == "focal" ? (1 - p) * (1 - p) : 1) / 2;
        }

        Assert.Equal(expected, Value(Of(name), Margins, Mixed), 4);
        static double Distance(int k) => 0.5 / Math.Sqrt(Math.Sqrt(new[] { 100.0, 10, 10000 }[k] / 10));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfEachMargin_IsThatOfCentralDifferences(string name)
    {
        float[] gradient = Gradient(Of(name), Margins, Mixed);
        for (int i = 0; i < 6; i++)
        {
            float[] up = [.. Margins], down = [.. Margins];
            (up[i], down[i]) = (up[i] + 0.01f, down[i] - 0.01f);
            double slope = (Value(Of(name), up, Mixed) - Value(Of(name), down, Mixed)) / 0.02;
            Assert.Equal(slope, gradient[i], 3e-3);
        }
    }

    [Fact]
    public void Targets_SmoothedWeightedAndMixed_AddUp()
    {
        float[] row = new float[4], other = new float[4];
        SoftTargets.Write(row, 1, smoothing: 0.2, weight: 3);
        Assert.Equal([0.15f, 2.55f, 0.15f, 0.15f], row, (one, two) => MathF.Abs(one - two) < 1e-6f);
        SoftTargets.Write(other, 3);
        SoftTargets.Mix(row, other, 0.25);
        Assert.Equal(0.75f + (0.25f * 0.15f), row[3], 1e-6f);
        Assert.Equal([0.6, 3.0], SoftTargets.BalancedWeights([500, 100]).Select(weight => Math.Round(weight, 12)));
        Assert.Equal(1, SoftTargets.EffectiveNumberWeights([5000, 40, 7]).Average(), 12);
        Assert.Equal([1.0, 1.0], SoftTargets.EffectiveNumberWeights([5000, 40], 0).AsEnumerable());
        Assert.Throws<ArgumentException>(() => SoftTargets.Write(new float[2], 2));
        Assert.Throws<ArgumentException>(() => SoftTargets.BalancedWeights([3, 0]));
        Assert.Throws<ArgumentException>(() => new LdamLoss([3, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FocalLoss(-1));
    }

    private static Loss Of(string name) => name switch
    {
        "soft" => new SoftCrossEntropy(),
        "focal" => new FocalLoss(),
        "focal 0" => new FocalLoss(0),
        _ => new LdamLoss([100, 10, 10000]),
    };

    private static double Value(Loss loss, float[] margins, float[] targets)
    {
        using var plan = ExecutionPlan.Compile(loss.AppendTo(Head(), "z"), new PlanOptions().WithBatch(2));
        margins.CopyTo(plan.Input<float>("x"));
        targets.CopyTo(plan.Input<float>(Loss.TargetName));
        plan.Run();
        return plan.Output<float>(Loss.OutputName)[0];
    }

    /// <summary>The gradient of a bias that is added to the margins of a single sample; two runs, one for each sample.</summary>
    private static float[] Gradient(Loss loss, float[] margins, float[] targets)
    {
        float[] gradient = new float[6];
        for (int sample = 0; sample < 2; sample++)
        {
            var graph = Gradients.Build(loss.AppendTo(Head(), "z"), Loss.OutputName, ["bias"]);
            using var plan = ExecutionPlan.Compile(graph, new PlanOptions().WithBatch(1));
            margins.AsSpan(3 * sample, 3).CopyTo(plan.Input<float>("x"));
            targets.AsSpan(3 * sample, 3).CopyTo(plan.Input<float>(Loss.TargetName));
            plan.Run();
            plan.Output<float>(Gradients.NameOf("bias")).CopyTo(gradient.AsSpan(3 * sample));
        }

        return [.. gradient.Select(value => value / 2)]; // the mean of two samples
    }

    private static Graph Head()
    {
        var build = new GraphBuilder("head");
        var x = build.Input("x", ElementType.Float, Dimension.Batch, 3);
        var bias = build.Initializer("bias", new Tensor<float>(new Shape(3), [0f, 0f, 0f]));
        build.Output(build.Add(x, bias), "z");
        return build.Build();
    }
}
