using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Files;
using MedTune.Tests.Graphs.Operators;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Graphs;

/// <summary>Shapes that depend on the data, branches, loops and sequences: answers, limits, and what is compiled.</summary>
public sealed class DynamicGraphTests(ITestOutputHelper output)
{
    private static readonly Value Flag = new("flag", new TensorType(ElementType.Bool, []));
    private static readonly Value Pass = new("pass", new TensorType(ElementType.Int64, []));

    [Fact]
    public void NonZero_OfTheData_RunsInSegmentsThatAreKept()
    {
        var graph = ReadAgain(Places());
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions());

        Assert.True(plan.IsDataDependent);
        Assert.Contains("after a run", Assert.Throws<ArgumentException>(() => plan.ShapeOf("y")).Message, StringComparison.Ordinal);
        Assert.Equal([1f, 3f], Run(plan, Tensor.Vector(-5f, 0f, -1f, 1f, 3f, 0f)));
        long compiled = plan.CompiledSegments;
        Assert.Equal([4f, 2f], Run(plan, Tensor.Vector(4f, 0f, -1f, 2f, 0f, 0f)));
        Assert.Equal(compiled, plan.CompiledSegments);
        Assert.Equal([7f], Run(plan, Tensor.Vector(-4f, 0f, -1f, -2f, 7f, 0f)));
        Assert.Equal(compiled + 1, plan.CompiledSegments);
        Assert.Empty(Run(plan, Tensor.Vector(-4f, 0f, -1f, -2f, -7f, 0f)));
    }

    [Fact]
    public void Plan_OfNodesThatNoOutputNeeds_IsOfOnePiece()
    {
        var builder = GraphBuilder.From(Places());
        builder.ClearOutputs();
        builder.Output(builder.Append("Relu", [builder["x"]], outputName: "z"));
        using var plan = ExecutionPlan.Compile(builder.Build(), new PlanOptions());

        Assert.False(plan.IsDataDependent);
        Assert.Equal("[6]", plan.ShapeOf("z").ToString());
    }

    [Fact]
    public void Plan_InDouble_GivesTheSamePlaces()
    {
        using var plan = ExecutionPlan.Compile(Places(), new PlanOptions { Precision = Precision.Double });
        new[] { 2d, -1, 0, 0.5, 0, -3 }.CopyTo(plan.Input<double>("x"));
        plan.Run();

        Assert.Equal([2, 0.5], plan.Output<double>("y").ToArray());
    }

    [Fact]
    public void If_BranchesOfDifferentShapes_GiveTheirOwn()
    {
        var graph = ReadAgain(Branches());
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions { Dimensions = ImmutableDictionary<string, int>.Empty.Add("N", 3) });

        Assert.Equal([3f, 4, 5], Run(plan, Tensor.Vector(1f, 2, 3)));
        Assert.Equal("[3]", plan.ShapeOf("y").ToString());
        Assert.Equal([-6f], Run(plan, Tensor.Vector(-1f, -2, -3)));
        Assert.Equal("[]", plan.ShapeOf("y").ToString());
        Agrees(graph, new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(1f, 2, 3) });
    }

    [Fact]
    public void Loop_CarriesStacksAndCaptures()
    {
        // total starts at 0 and takes x · scale in each of n passes; every total is kept.
        var body = Body([Pass, Flag, Of("total")], [Node("Mul", "x", "scale", "step"), Node("Add", "total", "step", "next")], "flag", "next", "next");
        var model = new TestModel().Input("x", ElementType.Float, 2).Input("n", ElementType.Int64).Initializer("scale", Tensor.Vector(0.5f)).Initializer("zero", Tensor.Vector(0f, 0f));
        var graph = ReadAgain(Read(model.Node("Loop", ["n", "", "zero"], ["last", "all"], Attributes.None.With("body", body)).Output("last", ElementType.Float).Output("all", ElementType.Float)));
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions());
        CaseRun.Fill(plan, "x", Tensor.Vector(2f, 4f));
        CaseRun.Fill(plan, "n", Tensor.Scalar(3L));
        plan.Run();

        Assert.Equal([3f, 6f], plan.Output<float>("last").ToArray());
        Assert.Equal([1f, 2, 2, 4, 3, 6], plan.Output<float>("all").ToArray());
        Assert.Equal("[3, 2]", plan.ShapeOf("all").ToString());
        long compiled = plan.CompiledSegments;
        plan.Run();
        Assert.Equal(compiled, plan.CompiledSegments);
        Agrees(graph, new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(2f, 4f), ["n"] = Tensor.Scalar(3L) });
        CaseRun.Fill(plan, "n", Tensor.Scalar(0L));
        plan.Run();
        Assert.Equal([0f, 0f], plan.Output<float>("last").ToArray());
        Assert.Equal(0, plan.ShapeOf("all")[0]);
    }

    [Fact]
    public void Loop_AroundIf_SeesTheOutermostValues()
    {
        var yes = Body([], [Node("Add", "total", "x", "more")], "more");
        var no = Body([], [Node("Sub", "total", "x", "less")], "less");
        var choose = new Node("If", ["even"], ["next"], Attributes.None.With("then_branch", yes).With("else_branch", no));
        var body = Body([Pass, Flag, Of("total")], [Node("Gather", "table", "pass", "entry"), new Node("Cast", ["entry"], ["even"], Attributes.None.With("to", 9)), choose], "flag", "next");
        var model = new TestModel().Input("x", ElementType.Float).Initializer("n", Tensor.Scalar(4L)).Initializer("zero", Tensor.Scalar(0f)).Initializer("table", Tensor.Vector(1L, 0, 1, 1));
        var graph = ReadAgain(Read(model.Node("Loop", ["n", "", "zero"], ["y"], Attributes.None.With("body", body)).Output("y", ElementType.Float)));
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions());

        Assert.Equal([10f], Run(plan, Tensor.Scalar(5f)));
        Agrees(graph, new Dictionary<string, Tensor> { ["x"] = Tensor.Scalar(5f) });
    }

    [Fact]
    public void Scan_BackwardsAlongTheLastAxis_GivesRunningSums()
    {
        var body = Body([Of("sum"), Of("column")], [Node("Add", "sum", "column", "next"), Node("Identity", "next", "out")], "next", "out");
        var attributes = Attributes.None.With("body", body).With("num_scan_inputs", 1).With("scan_input_axes", new long[] { -1 }).With("scan_input_directions", new long[] { 1 })
            .With("scan_output_axes", new long[] { 1 }).With("scan_output_directions", new long[] { 1 });
        var model = new TestModel().Input("x", ElementType.Float, 2, 3).Initializer("zero", Tensor.Vector(0f, 0f));
        var graph = ReadAgain(Read(model.Node("Scan", ["zero", "x"], ["total", "y"], attributes).Output("total", ElementType.Float).Output("y", ElementType.Float)));
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions());

        Assert.Equal([6f, 5, 3, 15, 11, 6], Run(plan, Tensor.Create(new Shape(2, 3), [1f, 2, 3, 4, 5, 6])));
        Agrees(graph, new Dictionary<string, Tensor> { ["x"] = Tensor.Create(new Shape(2, 3), [1f, 2, 3, 4, 5, 6]) });
    }

    [Fact]
    public void Sequence_GrownInALoop_IsPutTogether()
    {
        var list = new Value("list", new TensorType(ElementType.Float, default) { IsSequence = true });
        var body = Body([Pass, Flag, list], [new Node("SequenceInsert", ["list", "x"], ["longer"], Attributes.None)], "flag", "longer");
        var model = new TestModel().Input("x", ElementType.Float, 2).Initializer("n", Tensor.Scalar(3L)).Node("SequenceEmpty", [], ["empty"]);
        model.Node("Loop", ["n", "", "empty"], ["rows"], Attributes.None.With("body", body));
        var graph = ReadAgain(Read(model.Node("ConcatFromSequence", ["rows"], ["y"], Attributes.None.With("axis", 0).With("new_axis", 1)).Output("y", ElementType.Float)));
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions());

        Assert.Equal([1f, 2, 1, 2, 1, 2], Run(plan, Tensor.Vector(1f, 2f)));
    }

    [Fact]
    public void SequenceMap_RunsItsBodyForEveryTensor()
    {
        var body = Body([Of("item"), Of("other")], [Node("Mul", "item", "scale", "scaled"), Node("Add", "scaled", "other", "sum")], "sum");
        var model = new TestModel().Input("x", ElementType.Float, 4).Initializer("scale", Tensor.Vector(2f)).Initializer("one", Tensor.Vector(1f));
        model.Node("SplitToSequence", ["x"], ["parts"], Attributes.None.With("keepdims", 1));
        model.Node("SequenceMap", ["parts", "one"], ["mapped"], Attributes.None.With("body", body));
        model.Node("ConcatFromSequence", ["mapped"], ["y"], Attributes.None.With("axis", 0)).Output("y", ElementType.Float, 4);
        var graph = Read(model);
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions());

        Assert.Equal([3f, 5, 7, -1], Run(plan, Tensor.Vector(1f, 2, 3, -1)));
        Agrees(graph, new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(1f, 2, 3, -1) });
    }

    [Fact]
    public void Value_LargerThanTheLimit_IsRefusedBeforeItIsMade()
    {
        var model = new TestModel().Input("x", ElementType.Int64, 2).Node("ConstantOfShape", ["x"], ["y"]).Output("y", ElementType.Float);
        using var plan = ExecutionPlan.Compile(Read(model), new PlanOptions());
        CaseRun.Fill(plan, "x", Tensor.Vector(30_000L, 30_000L));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("3600000000 bytes", Assert.Throws<InvalidGraphException>(plan.Run).Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);

        var huge = new TestModel().Input("x", ElementType.Float, 20_000).Initializer("shape", Tensor.Vector(20_000L, 20_000L)).Node("Expand", ["x", "shape"], ["a"]).Node("Exp", ["a"], ["y"]);
        var options = new PlanOptions { MemoryLimit = 1 << 30 };
        Assert.Contains("bytes", Assert.Throws<InvalidGraphException>(() => ExecutionPlan.Compile(Read(huge.Output("y", ElementType.Float)), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loop_WithoutEnd_StopsWhenCancelled()
    {
        var body = Body([Pass, Flag, Of("total")], [Node("Add", "total", "x", "next")], "flag", "next");
        var model = new TestModel().Input("x", ElementType.Float).Node("Loop", ["", "", "x"], ["y"], Attributes.None.With("body", body)).Output("y", ElementType.Float);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using var plan = ExecutionPlan.Compile(Read(model), new PlanOptions { Cancellation = stop.Token });

        Assert.ThrowsAny<OperationCanceledException>(plan.Run);
    }

    [Fact]
    public void Gradient_ThroughABranch_IsRefusedWithASentence()
    {
        var builder = GraphBuilder.From(Branches());
        var loss = builder.Reshape(builder.Append("ReduceSum", [builder["y"]], Attributes.None.With("keepdims", 0)), 1);

        var error = Assert.Throws<InvalidGraphException>(() => Gradients.Build(builder.Build(), loss.Name, ["w"]));

        Assert.Contains("cannot be differentiated through a branch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradient_ThroughComputedShapes_TrainsAMutableWeight()
    {
        // The loss is the sum of w · x over the first n samples, so its gradient by w is the sum of those.
        var builder = new GraphBuilder("computed");
        var (x, n, w) = (builder.Input("x", ElementType.Float, 4), builder.Input("n", ElementType.Int64, 1), builder.Initializer("w", Tensor.Vector(2f)));
        var first = builder.Append("Slice", [x, builder.Constant(Tensor.Vector(0L)), n]);
        var loss = builder.Append("ReduceSum", [builder.Multiply(first, w)], Attributes.None.With("keepdims", 0), outputName: "loss");
        builder.Output(loss);
        using var plan = ExecutionPlan.Compile(Gradients.Build(builder.Build(), "loss", ["w"]), new PlanOptions { Mutable = ["w"] });
        CaseRun.Fill(plan, "x", Tensor.Vector(1f, 2f, 4f, 8f));
        CaseRun.Fill(plan, "n", Tensor.Vector(3L));
        plan.Run();

        Assert.Equal(14f, plan.Output<float>("loss")[0]);
        Assert.Equal([7f], plan.Output<float>(Gradients.NameOf("w")).ToArray());
        plan.Initializer<float>("w")[0] = 1;
        plan.Run();
        Assert.Equal(7f, plan.Output<float>("loss")[0]);
    }

    [Fact]
    public void PlanCache_KeepsTheShapesAskedForLast()
    {
        var builder = new GraphBuilder("rows");
        builder.Output(builder.Append("Relu", [builder.Input("x", ElementType.Float, Dimension.Batch)], outputName: "y"));
        using var cache = new PlanCache(builder.Build(), new PlanOptions(), capacity: 2);
        var (two, three) = (cache.ForBatch(2), cache.ForBatch(3));

        Assert.Same(two, cache.ForBatch(2));
        Assert.Equal("[4]", cache.ForBatch(4).ShapeOf("y").ToString());
        Assert.Equal(2, cache.Count);
        Assert.Same(two, cache.ForBatch(2));
        Assert.Throws<ObjectDisposedException>(three.Run);
    }

    private static Graph Places()
    {
        // The positive elements of x, in order.
        var builder = new GraphBuilder("places");
        var x = builder.Input("x", ElementType.Float, 6);
        var places = builder.Append("NonZero", [builder.Greater(x, builder.Constant(Tensor.Scalar(0f)))]);
        builder.Output(builder.Append("Gather", [x, builder.Append("Squeeze", [places, builder.Constant(Tensor.Vector(0L))])], outputName: "y"));
        return builder.Build();
    }

    private static Graph Branches()
    {
        var yes = Body([], [Node("Add", "x", "w", "more")], "more");
        var no = Body([], [new Node("ReduceSum", ["x"], ["sum"], Attributes.None.With("keepdims", 0))], "sum");
        var model = new TestModel().Raw(OnnxFields.Graph.Input, TestModel.ValueOf("x", ElementType.Float, 3)).Initializer("w", Tensor.Scalar(2f)).Initializer("zero", Tensor.Scalar(0f));
        model.Node("ReduceSum", ["x"], ["total"], Attributes.None.With("keepdims", 0)).Node("Greater", ["total", "zero"], ["isPositive"]);
        return Read(model.Node("If", ["isPositive"], ["y"], Attributes.None.With("then_branch", yes).With("else_branch", no)).Output("y", ElementType.Float));
    }

    private static Value Of(string name) => new(name, new TensorType(ElementType.Float, default));

    private static Node Node(string opType, params string[] names) => new(opType, [.. names[..^1]], [names[^1]], Attributes.None);

    /// <summary>A graph as it stands in a file: not checked, using outer values by name.</summary>
    private static Graph Body(Value[] inputs, Node[] nodes, params string[] outputs) => new()
    {
        Name = "body",
        Inputs = [.. inputs],
        Nodes = [.. nodes],
        Outputs = [.. outputs.Select(name => name == "flag" ? Flag : inputs.Any(input => input.Type.IsSequence) ? new Value(name, inputs[^1].Type) : Of(name))],
        Initializers = ImmutableSortedDictionary.Create<string, Tensor>(StringComparer.Ordinal),
        Types = ImmutableDictionary<string, TensorType>.Empty,
    };

    private static Graph Read(TestModel model) => OnnxFile.Read(model.ToBytes());

    private static Graph ReadAgain(Graph graph)
    {
        byte[] written = OnnxFile.ToBytes(graph);
        var again = OnnxFile.Read(written);
        Assert.Equal(written, OnnxFile.ToBytes(again));
        return again;
    }

    private static float[] Run(ExecutionPlan plan, Tensor x)
    {
        CaseRun.Fill(plan, "x", x);
        plan.Run();
        return plan.Output<float>("y").ToArray();
    }

    /// <summary>ONNX Runtime, where it is installed, gives the same answers for the file we write.</summary>
    private void Agrees(Graph graph, Dictionary<string, Tensor> inputs)
    {
        if (!OnnxRuntime.IsAvailable)
        {
            output.WriteLine("Left out: ONNX Runtime is not there (tests/Tools/OnnxRuntime).");
            return;
        }

        OnnxRuntimeComparisonTests.Compare(graph, inputs);
    }
}
