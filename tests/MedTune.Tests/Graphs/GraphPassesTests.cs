using MedTune.Graphs;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs;

public sealed class GraphPassesTests
{
    [Fact]
    public void Between_MiddleValue_BecomesAnInput()
    {
        var graph = SampleNetworks.Perceptron(gradients: false);
        string hidden = graph.Nodes.Single(node => node.OpType == "Tanh").Outputs[0];
        var head = GraphCut.Between(graph, [hidden], ["y"]);
        Assert.Equal([hidden], head.Inputs.Select(input => input.Name));
        Assert.Equal(["b2", "w2"], head.Initializers.Keys);
        Assert.DoesNotContain(head.Nodes, node => node.OpType == "Tanh");

        var body = GraphCut.Between(graph, ["x"], [hidden]);
        using var whole = SampleNetworks.Compile(graph, 5);
        whole.Run();
        using var first = ExecutionPlan.Compile(body, new PlanOptions().WithBatch(5));
        using var second = ExecutionPlan.Compile(head, new PlanOptions().WithBatch(5));
        whole.Input<float>("x").CopyTo(first.Input<float>("x"));
        first.Run();
        first.Output<float>(hidden).CopyTo(second.Input<float>(hidden));
        second.Run();
        Assert.Equal(whole.Output<float>("y").ToArray(), second.Output<float>("y").ToArray());
    }

    [Fact]
    public void Between_InputLeftOut_IsRefused()
    {
        var graph = SampleNetworks.Perceptron(gradients: false);
        Assert.Contains("'t'", Assert.Throws<InvalidGraphException>(() => GraphCut.Between(graph, ["x"], ["loss"])).Message, StringComparison.Ordinal);
        Assert.Contains("'nothing'", Assert.Throws<InvalidGraphException>(() => GraphCut.Between(graph, ["nothing"], ["y"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_ConstantPart_BecomesAnInitializer()
    {
        var builder = new GraphBuilder("folding");
        var x = builder.Input("x", ElementType.Float, Dimension.Batch, 2);
        var scale = builder.Sqrt(builder.Initializer("variance", Tensor.Vector(4f, 9f)));
        builder.Output(builder.Divide(x, scale), "y");
        var graph = ConstantFolding.Apply(builder.Build());
        Assert.DoesNotContain(graph.Nodes, node => node.OpType == "Sqrt");
        Assert.Equal([2f, 3f], graph.Initializers[scale.Name].Values<float>().ToArray());
        Assert.False(graph.Initializers.ContainsKey("variance"));
        Assert.Contains(ConstantFolding.Apply(builder.Build(), keep: ["variance"]).Nodes, node => node.OpType == "Sqrt");
    }

    [Fact]
    public void Remove_UnneededParts_GoAndInputsStay()
    {
        var builder = GraphBuilder.From(SampleNetworks.Perceptron(gradients: false));
        builder.Exp(builder.Initializer("idle", Sample.Values(1, 3)));
        builder.ClearOutputs();
        builder.Output(builder["y"]);
        var graph = DeadNodes.Remove(builder.Build());
        Assert.Equal(["b1", "b2", "w1", "w2"], graph.Initializers.Keys);
        Assert.Equal(["x", "t"], graph.Inputs.Select(input => input.Name));
        Assert.DoesNotContain(graph.Nodes, node => node.OpType is "Exp" or "SumOverSamples");
    }

    [Fact]
    public void Of_GraphWithoutDropout_IsTheGraph()
    {
        var graph = SampleNetworks.Perceptron(gradients: false);
        Assert.Same(graph, TrainingForm.Of(graph));
    }
}
