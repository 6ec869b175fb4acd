using System.Runtime.CompilerServices;
using MedTune.Graphs;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs;

public sealed class ExecutionPlanTests
{
    [Theory]
    [InlineData(Precision.Float, 1)]
    [InlineData(Precision.Float, 3)]
    [InlineData(Precision.Double, 1)]
    public void Run_ForwardAndBackward_AllocatesNothing(Precision precision, int threads)
    {
        using var pool = new TaskPool(threads);
        using var plan = SampleNetworks.Compile(SampleNetworks.Perceptron(dropout: 0.25f), 64, precision, pool);
        long allocated = 1;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++)
        {
            plan.Run();
            long before = GC.GetAllocatedBytesForCurrentThread();
            plan.Run();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    /// <summary>Weights that kernels read packed are in a plan once: nothing of the graph's tensors is held, and packing is no step.</summary>
    [Fact]
    public void Compile_WeightsThatArePacked_AreNotHeldBeside()
    {
        var (plan, tensors) = CompilePacked();
        GC.Collect();
        Assert.DoesNotContain(tensors, tensor => tensor.IsAlive);
        Assert.DoesNotContain(plan.StepNodes, node => node.OpType == "PackFilters");
        plan.Input<float>("rows").Fill(1);
        plan.Input<float>("image").Fill(1);
        plan.Run();
        Assert.All(plan.Output<float>("product").ToArray(), value => Assert.Equal(64, value));
        Assert.All(plan.Output<float>("normalized").ToArray(), value => Assert.Equal(2 * 2 * 16 * 2 * 3 / 4, value));
        plan.Dispose();
    }

    /// <summary>A product and a convolution with a normalization of variance 16 behind it; in a method of its own, so that nothing here holds the weights.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (ExecutionPlan Plan, WeakReference[] Tensors) CompilePacked()
    {
        static Tensor<float> Filled(float value, params int[] extents)
        {
            var tensor = new Tensor<float>(new Shape(extents));
            tensor.Values.Fill(value);
            return tensor;
        }

        Tensor[] weights = [Filled(1, 64, 64), Filled(2, 16, 16, 2, 2), Filled(3, 16), Filled(0, 16), Filled(16, 16)];
        var builder = new GraphBuilder("packed");
        builder.Output(builder.MatMul(builder.Input("rows", ElementType.Float, 5, 64), builder.Constant(weights[0], "matrix")), "product");
        var image = builder.Append("Conv", [builder.Input("image", ElementType.Float, 1, 16, 9, 9), builder.Constant(weights[1], "filters")]);
        Value[] statistics = [.. weights[2..].Select(tensor => builder.Constant(tensor, "statistic"))];
        builder.Output(
            builder.Append("BatchNormalization", [image, statistics[0], statistics[1], statistics[1], statistics[2]], Attributes.None.With("epsilon", 0f)), "normalized");
        return (ExecutionPlan.Compile(builder.Build(), new PlanOptions()), [.. weights.Select(tensor => new WeakReference(tensor))]);
    }

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameBits()
    {
        var graph = SampleNetworks.Perceptron();
        float[][] results = [.. new[] { 1, 2, 4 }.Select(threads =>
        {
            using var pool = new TaskPool(threads);
            using var plan = SampleNetworks.Compile(graph, 4097, pool: pool);
            plan.Run();
            return plan.Output<float>("gradient:w1").ToArray();
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void Run_LargeTensors_GiveTheSameBitsInTasksAsInOnePiece()
    {
        var builder = new GraphBuilder("large");
        var x = builder.Input("x", ElementType.Float, Dimension.Batch, 128);
        var w = builder.Initializer("w", Sample.Within(0.125f, 1, 64, 128));
        var row = builder.Initializer("row", Sample.Values(2, 64));
        var y = builder.Dropout(builder.Relu(builder.Multiply(builder.Gemm(x, w, transposeB: true), row)), 0.25f);
        var spread = builder.Subtract(y, builder.ReduceMean(y, [1]));
        builder.Output(builder.MeanOverSamples(builder.Multiply(spread, builder.Tanh(spread))), "loss");
        var graph = Gradients.Build(TrainingForm.Of(builder.Build()), "loss", ["w", "row"]);
        float[][] results = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            using var pool = new TaskPool(threads);
            using var plan = ExecutionPlan.Compile(graph, new PlanOptions { Pool = pool, Mutable = ["w", "row"] }.WithBatch(3001));
            Sample.Values(3, 3001, 128).Values.CopyTo(plan.Input<float>("x"));
            plan.Run();
            return (float[])[.. plan.Output<float>("loss"), .. plan.Output<float>("gradient:w"), .. plan.Output<float>("gradient:row")];
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void Run_RowAlone_HasTheBitsItHasInABatch()
    {
        var graph = SampleNetworks.Perceptron(gradients: false);
        using var batch = SampleNetworks.Compile(graph, 33);
        batch.Run();
        using var one = SampleNetworks.Compile(graph, 1);
        for (int row = 0; row < 33; row++)
        {
            batch.Input<float>("x").Slice(row * 3, 3).CopyTo(one.Input<float>("x"));
            one.Run();
            Assert.Equal(BitConverter.SingleToInt32Bits(batch.Output<float>("y")[row]), BitConverter.SingleToInt32Bits(one.Output<float>("y")[0]));
        }
    }

    [Fact]
    public void Run_NoSamples_GivesEmptyOutputs()
    {
        using var plan = SampleNetworks.Compile(SampleNetworks.Perceptron(), 0);
        plan.Run();
        Assert.Equal(0, plan.Output<float>("y").Length);
        Assert.All(plan.Output<float>("gradient:w1").ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Compile_LongChain_ReusesMemory()
    {
        var builder = new GraphBuilder("chain");
        var x = builder.Input("x", ElementType.Float, 1024);
        for (int i = 0; i < 20; i++)
        {
            x = builder.Sqrt(builder.Add(builder.Exp(x), builder.Relu(x)));
        }

        builder.Output(x);
        using var plan = ExecutionPlan.Compile(builder.Build(), new PlanOptions());
        Assert.InRange(plan.ArenaBytes, 4096, 2 * 4096);
    }

    [Fact]
    public void Run_ReusedMemory_GivesWhatSeparateMemoryGives()
    {
        // Every intermediate value as an output keeps its own memory; the answers must agree.
        var graph = SampleNetworks.Perceptron();
        var names = graph.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0 && !graph.Outputs.Any(output => output.Name == name));
        var open = graph with { Outputs = [.. graph.Outputs, .. names.Select(name => new Value(name, graph.Types[name]))] };
        using var shared = SampleNetworks.Compile(graph, 19);
        using var separate = SampleNetworks.Compile(open, 19);
        Assert.True(shared.ArenaBytes < separate.ArenaBytes);
        shared.Run();
        shared.Run();
        separate.Run();
        foreach (var output in graph.Outputs)
        {
            Assert.Equal(separate.Output<float>(output.Name).ToArray(), shared.Output<float>(output.Name).ToArray());
        }
    }

    [Fact]
    public void Run_ViewsOfAnInput_ShowWhatIsWritten()
    {
        var builder = new GraphBuilder("views");
        var x = builder.Input("x", ElementType.Float, 2, 3);
        builder.Output(builder.Reshape(x, 6), "flat");
        builder.Output(builder.Relu(builder.Reshape(x, 3, 2)), "positive");
        using var plan = ExecutionPlan.Compile(builder.Build(), new PlanOptions());
        new float[] { 1, -2, 3, -4, 5, -6 }.CopyTo(plan.Input<float>("x"));
        plan.Run();
        plan.Run();
        Assert.Equal([1f, -2, 3, -4, 5, -6], plan.Output<float>("flat").ToArray());
        Assert.Equal([1f, 0, 3, 0, 5, 0], plan.Output<float>("positive").ToArray());
        Assert.Equal(new Shape(6), plan.ShapeOf("flat"));
    }

    [Fact]
    public void Run_Strings_LiveOutsideTheArena()
    {
        var builder = new GraphBuilder("text");
        var sex = builder.Input("sex", ElementType.String, Dimension.Batch, 1);
        builder.Output(builder.LabelEncoder(sex, ["f", "m"]), "code");
        builder.Output(builder.Identity(sex), "echo");
        using var plan = ExecutionPlan.Compile(builder.Build(), new PlanOptions().WithBatch(3));
        new[] { "m", "", "f" }.CopyTo(plan.Strings("sex"));
        plan.Run();
        Assert.Equal([1L, -1, 0], plan.Output<long>("code").ToArray());
        Assert.Equal(["m", "", "f"], plan.OutputStrings("echo").ToArray());
    }

    [Fact]
    public void Compile_Constants_AreComputedOnce()
    {
        var builder = new GraphBuilder("folding");
        var x = builder.Input("x", ElementType.Float, 2);
        var a = builder.Initializer("a", Tensor.Vector(1f, 2f));
        builder.Output(builder.Add(x, builder.Exp(builder.Log(a))), "y");
        var graph = builder.Build();
        using var folded = ExecutionPlan.Compile(graph, new PlanOptions());
        using var open = ExecutionPlan.Compile(graph, new PlanOptions { FoldConstants = false });
        using var mutable = ExecutionPlan.Compile(graph, new PlanOptions { Mutable = ["a"] });
        Assert.Equal(1, folded.Steps);
        Assert.Equal(3, open.Steps);
        Assert.Equal(3, mutable.Steps);
        mutable.Initializer<float>("a")[0] = 7;
        mutable.Run();
        Assert.Equal(7, mutable.Output<float>("y")[0], 1e-5);
    }

    [Fact]
    public void Compile_ShapeComputedByNodes_IsKnown()
    {
        var builder = new GraphBuilder("shape");
        var x = builder.Input("x", ElementType.Float, Dimension.Batch, 2, 3);
        var rows = builder.Gather(builder.Shape(x), builder.Constant(Tensor.Vector(0L)));
        var shape = builder.Concat([rows, builder.Constant(Tensor.Vector(-1L))], 0);
        builder.Output(builder.Reshape(x, shape), "y");
        using var plan = ExecutionPlan.Compile(builder.Build(), new PlanOptions().WithBatch(4));
        Assert.Equal(new Shape(4, 6), plan.ShapeOf("y"));
        Assert.Equal(0, plan.Steps);
    }

    [Fact]
    public void Compile_OpenDimension_SaysWhichOne()
    {
        var error = Assert.Throws<InvalidGraphException>(() => ExecutionPlan.Compile(SampleNetworks.Perceptron(), new PlanOptions()));
        Assert.Contains("'N'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'x'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_ShapesThatOnlyMeetAtRun_AreRefusedWithTheNode()
    {
        var builder = new GraphBuilder("late");
        var x = builder.Input("x", ElementType.Float, "A");
        var y = builder.Input("y", ElementType.Float, "B");
        builder.Output(builder.Append("Add", [x, y], outputName: "sum"));
        var options = new PlanOptions { Dimensions = new PlanOptions().Dimensions.Add("A", 3).Add("B", 4) };
        var error = Assert.Throws<InvalidGraphException>(() => ExecutionPlan.Compile(builder.Build(), options));
        Assert.Contains("'sum' (Add)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Access_WrongTypeOrName_IsRefused()
    {
        using var plan = SampleNetworks.Compile(SampleNetworks.Perceptron(), 2, Precision.Double);
        Assert.Contains("Double", Assert.Throws<ArgumentException>(() => (object)plan.Input<float>("x").Length).Message, StringComparison.Ordinal);
        Assert.Contains("t, x", Assert.Throws<ArgumentException>(() => (object)plan.Input<double>("age").Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (object)plan.Initializer<double>("x").Length);
        Assert.Throws<ArgumentException>(() => (object)plan.Strings("x").Length);
        Assert.Throws<InvalidGraphException>(() => ExecutionPlan.Compile(SampleNetworks.Perceptron(), new PlanOptions { Mutable = ["w9"] }.WithBatch(1)));
    }

    [Fact]
    public void Run_Disposed_Throws()
    {
        var plan = SampleNetworks.Compile(SampleNetworks.Perceptron(), 2);
        plan.Dispose();
        Assert.Throws<ObjectDisposedException>(plan.Run);
    }
}
