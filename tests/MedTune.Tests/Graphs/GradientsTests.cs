using MedTune.Graphs;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs;

public sealed class GradientsTests
{
    [Fact]
    public void Build_Perceptron_EqualsCentralDifferencesForEveryWeight()
    {
        using var plan = SampleNetworks.Compile(SampleNetworks.Perceptron(), 11, Precision.Double);
        foreach (string name in SampleNetworks.Weights.Order(StringComparer.Ordinal))
        {
            plan.Run();
            double[] gradient = plan.Output<double>(Gradients.NameOf(name)).ToArray();
            var weights = plan.Initializer<double>(name);
            for (int i = 0; i < weights.Length; i++)
            {
                double at = weights[i];
                weights[i] = at + 1e-5;
                plan.Run();
                double above = plan.Output<double>("loss")[0];
                weights[i] = at - 1e-5;
                plan.Run();
                double below = plan.Output<double>("loss")[0];
                weights[i] = at;
                Assert.Equal((above - below) / 2e-5, gradient[i], 1e-8);
            }
        }
    }

    [Fact]
    public void Build_ValueUsedSeveralTimes_AddsItsGradients()
    {
        // y = w·w + 3·w at w = 2: the slope is 2w + 3 = 7.
        var builder = new GraphBuilder("shared");
        var w = builder.Initializer("w", Tensor.Scalar(2f));
        builder.Output(builder.Add(builder.Multiply(w, w), builder.Multiply(w, builder.Constant(Tensor.Scalar(3f)))), "loss");
        Assert.Equal(7, Gradient(builder.Build(), "w")[0]);
    }

    [Fact]
    public void Build_TwoBranchesFromOneNode_AddsBothBeforeGoingOn()
    {
        // h = exp(w); loss = h² + 5h; the slope is (2h + 5) h = 7 at w = 0.
        var builder = new GraphBuilder("diamond");
        var h = builder.Exp(builder.Initializer("w", Tensor.Scalar(0f)));
        builder.Output(builder.Add(builder.Multiply(h, h), builder.Multiply(builder.Constant(Tensor.Scalar(5f)), h)), "loss");
        Assert.Equal(7, Gradient(builder.Build(), "w")[0]);
    }

    [Fact]
    public void Build_FrozenPart_GetsNoNodes()
    {
        var graph = SampleNetworks.Perceptron(gradients: false);
        var all = Gradients.Build(graph, "loss", SampleNetworks.Weights);
        var head = Gradients.Build(graph, "loss", ["w2", "b2"]);
        Assert.Contains(all.Nodes, node => node.OpType == "TanhGradient");
        Assert.DoesNotContain(head.Nodes, node => node.OpType == "TanhGradient");
        Assert.Single(head.Nodes, node => node.OpType == "SampleProduct");
        Assert.Equal(["y", "loss", "gradient:w2", "gradient:b2"], head.Outputs.Select(output => output.Name));
    }

    [Fact]
    public void Build_BroadcastOperands_SumsToTheirShapes()
    {
        var builder = new GraphBuilder("broadcast");
        var x = builder.Constant(new Tensor<float>(new Shape(3, 2), [1, 2, 3, 4, 5, 6]));
        var row = builder.Initializer("row", new Tensor<float>(new Shape(2), [10, 20]));
        var column = builder.Initializer("column", new Tensor<float>(new Shape(3, 1), [1, 2, 3]));
        var scalar = builder.Initializer("scalar", Tensor.Scalar(2f));
        var product = builder.Multiply(builder.Multiply(builder.Add(x, row), column), scalar);
        builder.Output(builder.ReduceSum(product, keepDimensions: false), "loss");
        var graph = builder.Build();
        Assert.Equal([12f, 12f], Gradient(graph, "row"));
        Assert.Equal([66f, 74f, 82f], Gradient(graph, "column"));
        Assert.Equal([33f + (2 * 37f) + (3 * 41f)], Gradient(graph, "scalar"));
    }

    [Fact]
    public void Build_ByInput_GivesTheGradientOfTheInput()
    {
        var builder = new GraphBuilder("input");
        var x = builder.Input("x", ElementType.Float, 2);
        builder.Output(builder.ReduceSum(builder.Multiply(x, x), keepDimensions: false), "loss");
        using var plan = ExecutionPlan.Compile(Gradients.Build(builder.Build(), "loss", ["x"]), new PlanOptions());
        plan.Input<float>("x")[1] = 3;
        plan.Run();
        Assert.Equal([0f, 6f], plan.Output<float>("gradient:x").ToArray());
    }

    [Fact]
    public void Build_Embedding_GoesThroughGather()
    {
        var builder = new GraphBuilder("embedding");
        var codes = builder.Input("codes", ElementType.Int64, Dimension.Batch);
        var table = builder.Initializer("table", new Tensor<float>(new Shape(3, 2), [1, 2, 3, 4, 5, 6]));
        builder.Output(builder.SumOverSamples(builder.Gather(table, codes)), "loss");
        using var plan = ExecutionPlan.Compile(Gradients.Build(builder.Build(), "loss", ["table"]), new PlanOptions { Mutable = ["table"] }.WithBatch(4));
        new long[] { 2, 0, 2, 2 }.CopyTo(plan.Input<long>("codes"));
        plan.Run();
        Assert.Equal([1f, 1f, 0f, 0f, 3f, 3f], plan.Output<float>("gradient:table").ToArray());
    }

    [Fact]
    public void Build_LossWithSeveralElements_Refuses()
    {
        var graph = SampleNetworks.Perceptron(gradients: false);
        var error = Assert.Throws<InvalidGraphException>(() => Gradients.Build(graph, "y", ["w1"]));
        Assert.Contains("Float[N, 1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_UnknownOrUnusedName_Refuses()
    {
        var builder = GraphBuilder.From(SampleNetworks.Perceptron(gradients: false));
        builder.Initializer("idle", Tensor.Scalar(1f));
        Assert.Contains("'nothing'", Assert.Throws<InvalidGraphException>(() => Gradients.Build(builder.Build(), "loss", ["nothing"])).Message, StringComparison.Ordinal);
        Assert.Contains("does not depend on 'idle'", Assert.Throws<InvalidGraphException>(() => Gradients.Build(builder.Build(), "loss", ["idle"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OperatorWithoutGradient_NamesTheNode()
    {
        var builder = new GraphBuilder("stuck");
        var w = builder.Initializer("w", Sample.Values(1, 3));
        var gradient = builder.Append("ReluGradient", [w, w], domain: Operator.InternalDomain, outputName: "stuck");
        builder.Output(builder.SumOverSamples(gradient), "loss");
        var error = Assert.Throws<InvalidGraphException>(() => Gradients.Build(builder.Build(), "loss", ["w"]));
        Assert.Contains("'stuck' (medtune.ReluGradient)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Dropout_DropsTheSameElementsBackwards()
    {
        var builder = new GraphBuilder("dropout");
        var w = builder.Initializer("w", new Tensor<float>(new Shape(64), [.. Enumerable.Repeat(1f, 64)]));
        var dropped = builder.Dropout(w, 0.5f);
        builder.Output(dropped, "y");
        builder.Output(builder.SumOverSamples(dropped), "loss");
        using var plan = ExecutionPlan.Compile(Gradients.Build(TrainingForm.Of(builder.Build()), "loss", ["w"]), new PlanOptions { Mutable = ["w"] });
        plan.Input<long>(TrainingForm.Seed)[0] = 3;
        plan.Run();
        float[] first = plan.Output<float>("y").ToArray();
        Assert.Equal(first, plan.Output<float>("gradient:w").ToArray());
        Assert.InRange(first.Count(value => value == 0), 16, 48);
        Assert.All(first, value => Assert.True(value is 0 or 2));
        plan.Input<long>(TrainingForm.Step)[0] = 1;
        plan.Run();
        Assert.NotEqual(first, plan.Output<float>("y").ToArray());
    }

    private static float[] Gradient(Graph graph, string name)
    {
        using var plan = ExecutionPlan.Compile(Gradients.Build(graph, "loss", [name]), new PlanOptions { Mutable = [name] });
        plan.Run();
        return plan.Output<float>(Gradients.NameOf(name)).ToArray();
    }
}
