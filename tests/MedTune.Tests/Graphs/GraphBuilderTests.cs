using MedTune.Graphs;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs;

public sealed class GraphBuilderTests
{
    [Fact]
    public void Append_SymbolicBatch_IsCarriedThrough()
    {
        var graph = SampleNetworks.Perceptron();
        Assert.Equal("Float[N, 1]", graph.Types["y"].ToString());
        Assert.Equal("Float[4, 3]", graph.Types["gradient:w1"].ToString());
    }

    [Fact]
    public void Append_UnknownOperator_IsRefusedByName()
    {
        var builder = new GraphBuilder("g");
        var x = builder.Input("x", ElementType.Float, 3);
        var error = Assert.Throws<InvalidGraphException>(() => builder.Append("Frobnicate", [x], outputName: "y"));
        Assert.Contains("'Frobnicate'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'y'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_WrongInputs_SaysWhatWasFoundAndExpected()
    {
        var builder = new GraphBuilder("g");
        var x = builder.Input("x", ElementType.Float, 3, 4);
        var text = builder.Input("text", ElementType.String, 3);
        string Message(Func<Value> append) => Assert.Throws<InvalidGraphException>(() => (object)append()).Message;
        Assert.Contains("[3, 4] and [3, 5]", Message(() => builder.Add(x, builder.Constant(Sample.Values(1, 3, 5)))), StringComparison.Ordinal);
        Assert.Contains("holds String; expected Float or Double", Message(() => builder.Exp(text)), StringComparison.Ordinal);
        Assert.Contains("Float and Int64", Message(() => builder.Add(x, builder.Constant(Tensor.Scalar(1L)))), StringComparison.Ordinal);
        Assert.Contains("A has 4 columns and B has 3 rows", Message(() => builder.Gemm(x, x)), StringComparison.Ordinal);
        Assert.Contains("input 1 is missing", Message(() => builder.Append("Add", [x])), StringComparison.Ordinal);
        Assert.Contains("3 inputs; at most 2", Message(() => builder.Append("Add", [x, x, x])), StringComparison.Ordinal);
        Assert.Contains("axis 2 does not exist", Message(() => builder.Softmax(x, axis: 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Append_InputThatIsNotThere_IsRefused()
    {
        var builder = new GraphBuilder("g");
        var error = Assert.Throws<InvalidGraphException>(() => builder.Append(new Node("Relu", ["ghost"], ["y"], Attributes.None)));
        Assert.Contains("'ghost'", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidGraphException>(() => builder["ghost"]);
    }

    [Fact]
    public void Declare_NameTwice_IsRefused()
    {
        var builder = new GraphBuilder("g");
        builder.Input("x", ElementType.Float, 3);
        Assert.Contains("two values named 'x'", Assert.Throws<InvalidGraphException>(() => builder.Initializer("x", Tensor.Scalar(1f))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NoOutput_IsRefused() =>
        Assert.Throws<InvalidGraphException>(() => new GraphBuilder("g").Build());

    [Fact]
    public void Compile_Cycle_NamesANodeOfIt()
    {
        var x = new Value("x", new TensorType(ElementType.Float, [3]));
        var graph = new Graph
        {
            Name = "cycle",
            Inputs = [x],
            Nodes = [new Node("Add", ["x", "b"], ["a"], Attributes.None), new Node("Relu", ["a"], ["b"], Attributes.None)],
            Outputs = [new Value("a", x.Type)],
            Initializers = SampleNetworks.Perceptron().Initializers.Clear(),
            Types = SampleNetworks.Perceptron().Types.Clear(),
        };
        var error = Assert.Throws<InvalidGraphException>(() => ExecutionPlan.Compile(graph, new PlanOptions()));
        Assert.Contains("cycle", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_NodesOutOfOrder_AreSorted()
    {
        var graph = SampleNetworks.Perceptron();
        var shuffled = graph with { Nodes = [.. graph.Nodes.Reverse()] };
        using var plan = SampleNetworks.Compile(shuffled, 3);
        using var expected = SampleNetworks.Compile(graph, 3);
        plan.Run();
        expected.Run();
        Assert.Equal(expected.Output<float>("gradient:w1").ToArray(), plan.Output<float>("gradient:w1").ToArray());
    }

    [Fact]
    public void From_ExistingGraph_GoesOn()
    {
        var builder = GraphBuilder.From(SampleNetworks.Perceptron(gradients: false));
        builder.ClearOutputs();
        builder.Output(builder.Sigmoid(builder["y"]), "probability");
        var graph = builder.Build();
        Assert.Equal(["probability"], graph.Outputs.Select(output => output.Name));
        Assert.Equal("Float[N, 1]", graph.Types["probability"].ToString());
    }
}
