using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Fusions;

/// <summary>Whole graphs with fused operators against the double reference, which never sees them: outputs and all gradients. And what must stay in parts.</summary>
[Trait("Category", "InstructionSet")]
public sealed class FusionTests
{
    public static TheoryData<string> Fused => [.. SampleFusions.Fused.Keys];

    public static TheoryData<string> Apart => [.. SampleFusions.Apart.Keys];

    [Theory]
    [MemberData(nameof(Fused))]
    public void Training_Fused_AgreesWithTheDoubleReference(string name)
    {
        var (expected, build) = SampleFusions.Fused[name];
        var (graph, options) = Build(build);
        string[] weights = [.. options.Mutable.Order(StringComparer.Ordinal), "x"];
        using var exact = ExecutionPlan.Compile(Gradients.Build(graph, "loss", weights, options with { Precision = Precision.Double }), options with { Precision = Precision.Double });
        using var plain = ExecutionPlan.Compile(Gradients.Build(graph, "loss", weights), options with { UseFusion = false });
        using var pool = new TaskPool(2);
        using var one = ExecutionPlan.Compile(Gradients.Build(graph, "loss", weights, options), options);
        using var two = ExecutionPlan.Compile(Gradients.Build(graph, "loss", weights, options), options with { Pool = pool });
        float[] x = SampleFusions.Values(99, 80);
        Array.ConvertAll(x, value => (double)value).CopyTo(exact.Input<double>("x"));
        foreach (var plan in new[] { plain, one, two })
        {
            x.CopyTo(plan.Input<float>("x"));
            plan.Run();
        }

        exact.Run();
        foreach (string output in new[] { "y" }.Concat(weights.Select(Gradients.NameOf)))
        {
            AssertClose(exact.Output<double>(output), one.Output<float>(output), plain.Output<float>(output), output);
            Assert.True(one.Output<float>(output).SequenceEqual(two.Output<float>(output)), $"{output} differs between 1 and 2 threads.");
        }

        Assert.Contains(two.StepNodes, node => node.OpType == expected);
        Assert.DoesNotContain(two.StepNodes, node => node.OpType is "Erf" or "Sqrt" || (node.OpType == "Softmax" && expected == "HeadAttention" && name != "more queries than a block"));
        AssertAllocatesNothing(two);
    }

    [Theory]
    [MemberData(nameof(Fused))]
    public void Inference_Fused_AgreesWithTheDoubleReference(string name)
    {
        var (graph, _) = Build(SampleFusions.Fused[name].Build);
        using var exact = ExecutionPlan.Compile(graph, new PlanOptions { Precision = Precision.Double });
        using var plain = ExecutionPlan.Compile(graph, new PlanOptions { UseFusion = false });
        using var fused = ExecutionPlan.Compile(graph, new PlanOptions());
        float[] x = SampleFusions.Values(98, 80);
        Array.ConvertAll(x, value => (double)value).CopyTo(exact.Input<double>("x"));
        x.CopyTo(plain.Input<float>("x"));
        x.CopyTo(fused.Input<float>("x"));
        exact.Run();
        plain.Run();
        fused.Run();
        AssertClose(exact.Output<double>("y"), fused.Output<float>("y"), plain.Output<float>("y"), name);
        Assert.True(fused.Steps < plain.Steps, $"{fused.Steps} steps fused, {plain.Steps} in parts.");
        AssertAllocatesNothing(fused);
    }

    [Theory]
    [MemberData(nameof(Apart))]
    public void Training_WhatIsReadElsewhere_StaysInParts(string name)
    {
        var (graph, options) = Build(SampleFusions.Apart[name]);
        Assert.Same(graph, Fusion.Apply(graph, options));
        Assert.Same(graph, Fusion.Improve(PlanAnalysis.Of(graph, options), options).Graph);
    }

    [Fact]
    public void Training_TrainedMask_StaysInParts()
    {
        var (graph, options) = Build((build, x) =>
        {
            var (q, k) = (SampleFusions.Linear(build, x, 8, 6), SampleFusions.Linear(build, x, 8, 6));
            var parts = new[] { q, k, x }.Select(part => build.Unsqueeze(part, 1)).ToArray();
            var scores = build.Add(build.MatMul(parts[0], build.Transpose(parts[1], 0, 1, 3, 2)), SampleFusions.Weight(build, 1, 1, 5, 5));
            return build.MatMul(build.Softmax(scores), parts[2]);
        });
        Assert.Same(graph, Fusion.Apply(graph, options));
        Assert.Contains(Fusion.Improve(PlanAnalysis.Of(graph, new PlanOptions()), new PlanOptions()).Nodes, node => node.OpType == "HeadAttention");
    }

    [Fact]
    public void Networks_Rewritten_UseEveryFusedOperator()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, build) in SampleFusions.Fused.Values)
        {
            var (graph, options) = Build(build);
            var analysis = PlanAnalysis.Of(Gradients.Build(graph, "loss", options.Mutable, options), options);
            used.UnionWith(Fusion.Improve(analysis, options).Nodes.Select(node => node.OpType));
        }

        Assert.Empty(OperatorRegistry.Fused.Select(op => op.Name).Except(used));
    }

    [Fact]
    public void VisionTransformer_Planned_HasOneOperatorForEachAttentionAndNoTransposeOfHeads()
    {
        var extents = VisionTransformerOptions.Tiny with { Depth = 2, Width = 24, Heads = 3 };
        var network = VisionTransformer.Build(extents, ImageNetworkOptions.Of(32, 5));
        var report = PlanReport.Of(network.Graph, new PlanOptions().WithBatch(2));
        Assert.Equal(2, report.Steps.Count(step => step.Operator == "HeadAttention"));

        // The patches are cut out by one Transpose.
        Assert.Equal(1, report.Steps.Count(step => step.Operator == "Transpose"));
        Assert.DoesNotContain(report.Steps, step => step.Operator is "Softmax" or "Gelu" or "Split" or "Mul");
        Assert.Contains(report.Steps, step => step.Fused == "bias, Gelu");
        Assert.Contains(report.Steps, step => step.Fused == "bias, add");
    }

    private static (Graph Graph, PlanOptions Options) Build(Func<GraphBuilder, Value, Value> network)
    {
        var build = new GraphBuilder("network");
        var x = build.Input("x", ElementType.Float, 2, 5, 8);
        var y = build.Append("Tanh", [network(build, x)], outputName: "y");
        var shape = new Shape([.. y.Type.Dimensions.Select(dimension => dimension.Value!.Value)]);
        var direction = build.Constant(Tensor.Create(shape, SampleFusions.Values(7, shape.Length)), "direction");
        build.Append("Identity", [build.ReduceSum(build.Multiply(y, direction), keepDimensions: false)], outputName: "loss");
        build.Output(y);
        build.Output(build["loss"]);
        var graph = build.Build();
        var trained = graph.Initializers.Keys.Where(key => key.StartsWith("weight", StringComparison.Ordinal)).ToImmutableHashSet(StringComparer.Ordinal);
        return (graph, new PlanOptions { Mutable = trained });
    }

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> fused, ReadOnlySpan<float> plain, string name)
    {
        double scale = 1;
        foreach (double value in expected)
        {
            scale = Math.Max(scale, Math.Abs(value));
        }

        Assert.Equal(expected.Length, fused.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - fused[i]) <= 1e-5 * scale, $"{name}[{i}]: {fused[i]} fused, {plain[i]} in parts, expected {expected[i]}");
        }
    }

    private static void AssertAllocatesNothing(ExecutionPlan plan)
    {
        // The runtime itself may allocate once or twice, when it first compiles a method.
        long allocated = 1;
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            plan.Run();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }
}
