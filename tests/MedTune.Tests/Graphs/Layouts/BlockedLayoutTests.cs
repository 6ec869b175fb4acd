using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Layouts;

/// <summary>Whole graphs in the blocked layout against the double reference, which never sees it: outputs and all gradients.</summary>
[Trait("Category", "InstructionSet")]
public sealed class BlockedLayoutTests
{
    public static TheoryData<string> Names => [.. Networks.Keys];

    private static Dictionary<string, Func<GraphBuilder, Value, Value>> Networks { get; } = new(StringComparer.Ordinal)
    {
        ["residual block in training"] = (build, x) =>
        {
            var stem = Relu(build, Normalize(build, Conv(build, x, 3, 16, 3, 2, 1), 16, true));
            var pooled = build.Append("MaxPool", [stem], Window(3, 2, 1));
            var y = Relu(build, Normalize(build, Conv(build, pooled, 16, 24, 3, 2, 1), 24, true));
            y = Normalize(build, Conv(build, y, 24, 24, 3, 1, 1), 24, true);
            var shortcut = Normalize(build, Conv(build, pooled, 16, 24, 1, 2, 0), 24, true);
            return build.Append("GlobalAveragePool", [Relu(build, build.Add(y, shortcut))]);
        },
        ["stored statistics"] = (build, x) =>
        {
            var y = Normalize(build, Conv(build, x, 3, 20, 3, 1, 1), 20, false);
            y = build.Append("Clip", [y, build.Constant(Tensor.Scalar(0f), "low"), build.Constant(Tensor.Scalar(1.5f), "high")]);
            return build.Append("AveragePool", [Conv(build, y, 20, 7, 1, 1, 0)], Window(2, 2, 0));
        },
        ["a filter for each channel"] = (build, x) =>
        {
            var y = Relu(build, Conv(build, x, 3, 20, 3, 1, 1));
            y = Relu(build, Normalize(build, Depthwise(build, y, 20, 3, 1, 1), 20, true));
            y = Depthwise(build, y, 20, 3, 2, 1);
            return Conv(build, Depthwise(build, y, 20, 5, 1, 2), 20, 4, 1, 1, 0);
        },
        ["inverted residuals in training"] = (build, x) =>
        {
            var first = Normalize(build, Conv(build, x, 3, 20, 3, 1, 1), 20, true);
            var y = Inner(build, Conv(build, first, 20, 40, 1, 1, 0), 40);
            y = Inner(build, Depthwise(build, y, 40, 3, 1, 1, false), 40);
            var second = build.Add(first, Normalize(build, Conv(build, y, 40, 20, 1, 1, 0), 20, true));
            y = Inner(build, Conv(build, Relu(build, Conv(build, second, 20, 20, 1, 1, 0)), 20, 40, 1, 1, 0), 40);
            y = Inner(build, Depthwise(build, y, 40, 3, 2, 1, false), 40);
            y = Inner(build, Conv(build, y, 40, 24, 1, 1, 0), 24);
            return Conv(build, Inner(build, Depthwise(build, y, 24, 5, 1, 2, false), 24), 24, 70, 1, 1, 0);
        },
        ["concatenation"] = (build, x) =>
        {
            var first = Relu(build, Conv(build, x, 3, 16, 3, 1, 1));
            var second = Conv(build, first, 16, 5, 3, 1, 1);
            return Conv(build, build.Append("Concat", [first, second], Attributes.None.With("axis", 1)), 21, 4, 1, 1, 0);
        },
        ["gates and biases"] = (build, x) =>
        {
            var bias = Weight(build, 18);
            var y = build.Append("Conv", [x, Weight(build, 18, 3, 3, 3), bias], Attributes.None.With("auto_pad", "SAME_LOWER"));
            var gate = build.Append("Sigmoid", [y]);
            return Conv(build, build.Multiply(build.Append("HardSwish", [y]), gate), 18, 18, 3, 1, 1);
        },
        ["average with counted padding"] = (build, x) =>
            build.Append("AveragePool", [Conv(build, x, 3, 9, 3, 1, 1)], Window(3, 2, 1).With("count_include_pad", 1)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_InBlocks_AgreesWithTheDoubleReference(string name)
    {
        var graph = Build(name, out var trained);
        using var exact = ExecutionPlan.Compile(graph, new PlanOptions { Precision = Precision.Double, Mutable = trained });
        using var pool = new TaskPool(2);
        using var blocked = ExecutionPlan.Compile(graph, new PlanOptions { Mutable = trained, Pool = pool });
        using var plain = ExecutionPlan.Compile(graph, new PlanOptions { Mutable = trained, UseBlockedLayout = false });
        float[] x = Values(99, 3 * 3 * 13 * 15);
        Array.ConvertAll(x, value => (double)value).CopyTo(exact.Input<double>("x"));
        x.CopyTo(blocked.Input<float>("x"));
        x.CopyTo(plain.Input<float>("x"));
        exact.Run();
        blocked.Run();
        plain.Run();
        foreach (var output in graph.Outputs)
        {
            var expected = exact.Output<double>(output.Name);
            double scale = 1;
            foreach (double value in expected)
            {
                scale = Math.Max(scale, Math.Abs(value));
            }

            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(Math.Abs(expected[i] - blocked.Output<float>(output.Name)[i]) <= 3e-5 * scale, $"{output.Name}[{i}]: {blocked.Output<float>(output.Name)[i]} in blocks, {plain.Output<float>(output.Name)[i]} without, expected {expected[i]}");
            }
        }

        // The runtime itself may allocate once or twice, when it first compiles a method.
        long allocated = 1;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            blocked.Run();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    /// <summary>Every operator of the layout occurs in one of the graphs above, so that none goes unchecked.</summary>
    [Fact]
    public void Networks_Rewritten_UseEveryBlockedOperator()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in Networks.Keys)
        {
            var graph = Build(name, out var trained);
            var options = new PlanOptions { Mutable = trained };
            var rewritten = BlockedLayout.Apply(PlanAnalysis.Of(graph, options), options);
            used.UnionWith(rewritten.Nodes.Concat(BlockedLayout.Fused(rewritten).Nodes).Select(node => node.OpType));
        }

        used.UnionWith(StepsOf(InvertedResidual()));
        Assert.Empty(OperatorRegistry.Blocked.Select(op => op.Name).Except(used));
    }

    /// <summary>Depthwise convolutions with those of single pixels around them are one step, also where only one side has one, with a residual, and only where images are large.</summary>
    [Fact]
    public void Plan_DepthwiseChains_AreOneStepEach()
    {
        var graph = InvertedResidual();
        Assert.Equal(3, StepsOf(graph).Count(step => step == "BlockedSeparable"));
        Assert.DoesNotContain("BlockedDepthwise", StepsOf(graph));
        Assert.DoesNotContain("Dropout", StepsOf(graph));
        using var exact = ExecutionPlan.Compile(graph, new PlanOptions { Precision = Precision.Double });
        using var pool = new TaskPool(2);
        using var blocked = ExecutionPlan.Compile(graph, new PlanOptions { Pool = pool });
        float[] x = Values(98, 3 * 3 * 13 * 15);
        Array.ConvertAll(x, value => (double)value).CopyTo(exact.Input<double>("x"));
        x.CopyTo(blocked.Input<float>("x"));
        exact.Run();
        blocked.Run();
        for (int i = 0; i < exact.Output<double>("y").Length; i++)
        {
            Assert.Equal(exact.Output<double>("y")[i], blocked.Output<float>("y")[i], 1e-4 * Math.Max(1, Math.Abs(exact.Output<double>("y")[i])));
        }
    }

    /// <summary>What two read, and what is an output, stays a value of its own; a gradient reads what lies between.</summary>
    [Fact]
    public void SeparableFusion_ValueReadTwice_LeavesItAlone()
    {
        var build = new GraphBuilder("network");
        var x = build.Input("x", ElementType.Float, 3, 3, 13, 15);
        var wide = Relu(build, Conv(build, x, 3, 600, 3, 1, 1));
        var inner = Depthwise(build, Conv(build, wide, 600, 600, 1, 1, 0), 600, 3, 1, 1);
        build.Output(build.Append("Add", [Conv(build, inner, 600, 600, 1, 1, 0), inner], outputName: "y"));
        var steps = StepsOf(build.Build());
        Assert.Contains("BlockedSeparable", steps);
        Assert.Equal(2, steps.Count(step => step == "BlockedConv"));
    }

    /// <summary>In a training step of inverted residuals the moments come from the convolutions, and what only depthwise or small convolutions read is not stored normalized.</summary>
    [Fact]
    public void Fused_InvertedResidualsInTraining_HaveFewSweeps()
    {
        var graph = Build("inverted residuals in training", out var trained);
        var options = new PlanOptions { Mutable = trained };
        var steps = BlockedLayout.Fused(BlockedLayout.Apply(PlanAnalysis.Of(graph, options), options)).Nodes.Select(node => node.OpType).ToArray();
        Assert.Equal(2, steps.Count(step => step == "BlockedDepthwiseGradient"));
        Assert.Equal(2, steps.Count(step => step == "BlockedNormalizationGradientSums"));
        Assert.Equal(2, steps.Count(step => step == "BlockedNormalizationGradientInput"));
        Assert.Equal(4, steps.Count(step => step == "BlockedNormalizationGradient"));
        Assert.Equal(0, steps.Count(step => step == "BlockedMoments"));
        Assert.Equal(4, steps.Count(step => step == "BlockedNormalization"));
        Assert.Equal(4, steps.Count(step => step == "BlockedNormalizationFactors"));
    }

    private static ImmutableArray<string> StepsOf(Graph graph)
    {
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions());
        return [.. plan.StepNodes.Select(node => node.OpType)];
    }

    /// <summary>A normalization with the batch's moments and bounds behind it.</summary>
    private static Value Inner(GraphBuilder build, Value x, int channels) => build.Append(
        "Clip", [Normalize(build, x, channels, true), build.Constant(Tensor.Scalar(0f), "low"), build.Constant(Tensor.Scalar(1.5f), "high")]);

    /// <summary>Three depthwise convolutions in inference: one with both neighbors, steps and a residual behind, one with the one before, one with the one after.</summary>
    private static Graph InvertedResidual()
    {
        var build = new GraphBuilder("network");
        var x = build.Input("x", ElementType.Float, 3, 3, 13, 15);
        var stem = Relu(build, Conv(build, x, 3, 20, 3, 1, 1));
        Value Wide(Value narrow) => build.Append(
            "Clip", [Normalize(build, Conv(build, narrow, 20, 600, 1, 1, 0), 600, false), build.Constant(Tensor.Scalar(0f), "low"), build.Constant(Tensor.Scalar(0.7f), "high")]);
        var inner = Relu(build, Depthwise(build, Wide(stem), 600, 3, 1, 1));
        var residual = build.AppendMany("Dropout", [build.Add(Conv(build, inner, 600, 20, 1, 1, 0), stem)], 2)[0];
        var strided = Relu(build, Depthwise(build, Wide(residual), 600, 5, 2, 2));
        var halves = build.Append("AveragePool", [strided], Window(2, 1, 0));
        var last = Depthwise(build, Relu(build, Conv(build, halves, 600, 2100, 3, 1, 1)), 2100, 3, 1, 1);
        build.Output(build.Append("Tanh", [Conv(build, last, 2100, 7, 1, 1, 0)], outputName: "y"));
        return build.Build();
    }

    [Fact]
    public void Fusion_ResidualBlock_LeavesNoSweepOfItsOwn()
    {
        var graph = Build("residual block in training", out var trained);
        var options = new PlanOptions { Mutable = trained };
        var nodes = BlockedFusion.Apply(BlockedLayout.Apply(PlanAnalysis.Of(graph, options), options)).Nodes;
        Assert.DoesNotContain(nodes, node => node.OpType == "Relu");

        // Of the three Relus two stand right behind a normalization, whose way back minds them; the third follows the residual.
        Assert.Equal(2, nodes.Count(node => node.OpType == "BlockedNormalizationGradient" && Clamp.IsSet(node.Attributes)));
        Assert.Single(nodes, node => node.OpType == "ReluGradient");
        Assert.DoesNotContain(nodes, node => node.OpType == "FromBlocked");
    }

    private static Graph Build(string name, out ImmutableHashSet<string> trained)
    {
        var build = new GraphBuilder("network");
        var x = build.Input("x", ElementType.Float, 3, 3, 13, 15);
        var y = build.Append("Tanh", [Networks[name](build, x)], outputName: "y");
        int[] extents = [.. y.Type.Dimensions.Select(dimension => dimension.Value!.Value)];
        var loss = build.ReduceSum(build.Multiply(y, build.Constant(Tensor.Create(new Shape(extents), Values(7, new Shape(extents).Length)), "direction")), keepDimensions: false);
        build.Append("Identity", [loss], outputName: "loss");
        build.Output(y);
        trained = [.. build.Build().Initializers.Keys.Where(key => key.StartsWith("weight", StringComparison.Ordinal))];
        return Gradients.Build(build.Build(), "loss", trained.Order(StringComparer.Ordinal));
    }

    private static Value Weight(GraphBuilder build, params int[] extents) =>
        build.Constant(Tensor.Create(new Shape(extents), Values((ulong)(extents.Length + build.Nodes.Count), new Shape(extents).Length)), "weight");

    private static Value Conv(GraphBuilder build, Value x, int channels, int outputs, int filter, int stride, int pad) => build.Append(
        "Conv",
        [x, Weight(build, outputs, channels, filter, filter)],
        Attributes.None.With("strides", ImmutableArray.Create<long>(stride, stride)).With("pads", ImmutableArray.Create<long>(pad, pad, pad, pad)));

    private static Value Depthwise(GraphBuilder build, Value x, int channels, int filter, int stride, int pad, bool hasBias = true) => build.Append(
        "Conv",
        hasBias ? [x, Weight(build, channels, 1, filter, filter), Weight(build, channels)] : [x, Weight(build, channels, 1, filter, filter)],
        Attributes.None.With("strides", ImmutableArray.Create<long>(stride, stride)).With("pads", ImmutableArray.Create<long>(pad, pad, pad, pad)).With("group", channels));

    private static Value Normalize(GraphBuilder build, Value x, int channels, bool training)
    {
        var variance = build.Constant(Tensor.Create(new Shape(channels), Values(5, channels).Select(value => value + 1).ToArray()), "variance");
        Value[] inputs = [x, Weight(build, channels), Weight(build, channels), build.Constant(Tensor.Create(new Shape(channels), Values(6, channels)), "mean"), variance];
        return build.AppendMany("BatchNormalization", inputs, training ? 3 : 1, Attributes.None.With("training_mode", training))[0];
    }

    private static Value Relu(GraphBuilder build, Value x) => build.Append("Relu", [x]);

    private static Attributes Window(int size, int stride, int pad) => Attributes.None
        .With("kernel_shape", ImmutableArray.Create<long>(size, size))
        .With("strides", ImmutableArray.Create<long>(stride, stride))
        .With("pads", ImmutableArray.Create<long>(pad, pad, pad, pad));

    private static float[] Values(ulong seed, int length)
    {
        float[] values = new float[length];
        new Philox(seed, RandomPurpose.Search, 0).FillUniform(0, values);
        return [.. values.Select(value => value - 0.5f)];
    }
}
