using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Layouts;

/// <summary>Convolutions that write where a Concat would have copied them.</summary>
[Trait("Category", "InstructionSet")]
public sealed class ConcatPlacementTests
{
    private const int Batch = 3, Height = 9, Width = 11;

    /// <summary>Two fire modules (Iandola and others, SqueezeNet, 2016) and one with a last part that does not fill its block: no copies, the answers those of the plain layout.</summary>
    [Fact]
    public void Plan_PartsOfAConcat_AreWrittenInPlace()
    {
        var build = new GraphBuilder("network");
        var x = Conv(build, build.Input("x", ElementType.Float, Batch, 3, Height, Width), 3, 16, 3);
        x = Concat(build, Conv(build, x, 16, 32, 1), Conv(build, x, 16, 48, 3));
        x = Conv(build, x, 80, 16, 1);

        // The parts stand in another order than they are computed in.
        var late = Conv(build, x, 16, 16, 3);
        var early = Conv(build, x, 16, 32, 1);
        x = Concat(build, early, late, Conv(build, x, 16, 7, 1));
        build.Output(build.Append("GlobalAveragePool", [x], outputName: "y"));
        var graph = build.Build();
        using var pool = new TaskPool(2);
        using var placed = ExecutionPlan.Compile(graph, new PlanOptions { Pool = pool });
        using var plain = ExecutionPlan.Compile(graph, new PlanOptions { UseBlockedLayout = false });
        Assert.DoesNotContain(placed.StepNodes, node => node.OpType == "Concat");
        foreach (var plan in new[] { placed, plain })
        {
            Values(5, Batch * 3 * Height * Width).CopyTo(plan.Input<float>("x"));
            plan.Run();
        }

        for (int i = 0; i < plain.Output<float>("y").Length; i++)
        {
            Assert.Equal(plain.Output<float>("y")[i], placed.Output<float>("y")[i], 1e-5);
        }

        placed.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        placed.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void PlanReport_PartsOfAConcat_SaysWhatEachWrites()
    {
        var build = new GraphBuilder("network");
        var x = Conv(build, build.Input("x", ElementType.Float, Batch, 3, Height, Width), 3, 16, 3);
        build.Output(build.Append("Relu", [Concat(build, Conv(build, x, 16, 32, 1), Conv(build, x, 16, 48, 3))], outputName: "y"));
        var parts = PlanReport.Of(build.Build(), new PlanOptions()).Steps.Where(step => step.Fused.Contains("concat", StringComparison.Ordinal)).ToArray();
        Assert.Equal([32, 48], parts.Select(step => step.Bytes / (Batch * Height * Width * sizeof(float))));
        Assert.All(parts, step => Assert.Equal(80 / ChannelBlocks.Size, step.Shape[1]));
        Assert.Equal(parts[0].Output, parts[1].Overwritten);
        Assert.Equal(parts[0].Offset, parts[1].Offset);
    }

    /// <summary>What something else reads, or what is no convolution, has a place of its own and is copied.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Plan_PartReadTwiceOrPooled_StaysApart(bool isReadTwice)
    {
        var build = new GraphBuilder("network");
        var x = Conv(build, build.Input("x", ElementType.Float, Batch, 3, Height, Width), 3, 16, 3);
        var part = Conv(build, x, 16, 32, 1);
        var other = isReadTwice ? Conv(build, part, 32, 16, 3) : build.Append("MaxPool", [x], Attributes.None.With("kernel_shape", ImmutableArray.Create<long>(1, 1)));
        build.Output(build.Append("GlobalAveragePool", [Concat(build, part, other)], outputName: "y"));
        using var plan = ExecutionPlan.Compile(build.Build(), new PlanOptions());
        Assert.Contains(plan.StepNodes, node => node.OpType == "Concat");
    }

    private static Value Concat(GraphBuilder build, params Value[] parts) => build.Append("Concat", parts, Attributes.None.With("axis", 1));

    private static Value Conv(GraphBuilder build, Value x, int channels, int outputs, int filter)
    {
        long pad = filter / 2;
        var shape = new Shape(outputs, channels, filter, filter);
        var weight = build.Constant(Tensor.Create(shape, Values((ulong)build.Nodes.Count, shape.Length)), "weight");
        return build.Append("Relu", [build.Append("Conv", [x, weight], Attributes.None.With("pads", ImmutableArray.Create(pad, pad, pad, pad)))]);
    }

    private static float[] Values(ulong seed, int length)
    {
        float[] values = new float[length];
        new Philox(seed, RandomPurpose.Search, 0).FillUniform(0, values);
        return [.. values.Select(value => value - 0.5f)];
    }
}
