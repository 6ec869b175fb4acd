using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>What a plan for fixed shapes does, step by step: order, shapes, places in the arena, and the work of products.</summary>
public sealed record PlanReport
{
    /// <summary>The steps in the order in which they run; nodes computed while compiling and views of other values are not among them.</summary>
    public required ImmutableArray<PlanStep> Steps { get; init; }

    /// <summary>Bytes of the memory that computed values share.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>Bytes of the stored tensors that the steps read.</summary>
    public required long StoredBytes { get; init; }

    /// <summary>Bytes of inputs, stored tensors and computed values together, and of what the options name beside them.</summary>
    public required long TotalBytes { get; init; }

    /// <summary>Bytes of the values that are computed again in a backward pass instead of being kept for it.</summary>
    public long RecomputedBytes => Steps.Where(step => step.IsRecomputed).Sum(step => step.Bytes);

    /// <summary>Bytes that the outputs of all steps would take if none shared memory.</summary>
    public long UnsharedBytes => Steps.Sum(step => step.Bytes);

    /// <summary>Multiplications with an addition of all steps.</summary>
    public long MultiplyAdds => Steps.Sum(step => step.MultiplyAdds);

    /// <summary>Plans a graph without running it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">Extents of open dimensions, and what else a plan is compiled with.</param>
    /// <exception cref="InvalidGraphException">The graph cannot be planned; the message says why.</exception>
    public static PlanReport Of(Graph graph, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var analysis = PlanAnalysis.Of(graph, options);
        if (analysis.Breaks.Length > 0)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(
                analysis.Breaks[0], "the shape of what it gives depends on the data, so the plan is made while the model runs and cannot be shown before."));
        }

        analysis = Recomputation.Apply(BlockedLayout.Improve(Fusion.Improve(analysis, options), options));
        var memory = MemoryPlan.For(analysis, allocates: false);
        var fixedOnes = analysis.Nodes.Where(analysis.RunsOnce).Select(node => node.Outputs[0]).ToHashSet(StringComparer.Ordinal);
        return new PlanReport
        {
            Steps = [.. analysis.Nodes.Where(analysis.IsStep).Select(node => StepOf(node, memory))],
            ArenaBytes = memory.ArenaBytes,
            TotalBytes = memory.ArenaBytes + memory.FixedBytes + options.CompanionBytes,
            StoredBytes = analysis.Nodes.Where(node => !analysis.RunsOnce(node)).SelectMany(Read).Distinct(StringComparer.Ordinal)
                .Where(name => analysis.Known(name) is not null || analysis.Graph.Initializers.ContainsKey(name) || fixedOnes.Contains(name)).Sum(name => memory[name].Bytes),
        };
    }

    private static IEnumerable<string> Read(Node node)
    {
        var op = OperatorRegistry.For(node);
        return node.Inputs.Where((input, i) => input.Length > 0 && op.ReadsValues(i));
    }

    private static PlanStep StepOf(Node node, MemoryPlan memory)
    {
        string output = node.Outputs[0];
        long? offset = OffsetOf(memory, output);
        return new PlanStep(
            node.OpType,
            output,
            memory[output].Shape,
            node.Outputs.Where(name => name.Length > 0).Sum(name => BytesOf(node, memory[name])),
            Work.MultiplyAdds(node, [.. node.Inputs.Select(input => input.Length == 0 ? Shape.Scalar : memory[input].Shape)], memory[output].Shape),
            offset,
            offset is null ? null : Read(node).FirstOrDefault(input => OffsetOf(memory, input) == offset))
        {
            Fused = FusedInto(node),
            IsRecomputed = RecomputedOrder.IsAgain(output),
        };
    }

    /// <summary>Bytes that a node writes: a part of the tensor where others write the rest.</summary>
    private static long BytesOf(Node node, PlanValue output) => ConvolutionPlace.Of(node.Attributes) is { All: > 0 } place
        ? output.Bytes / place.All * ChannelBlocks.Count(ConvolutionSizes.Read(node.Attributes).Outputs)
        : output.Bytes;

    /// <summary>The optional inputs, functions and bounds of fused operators, each of which was a node of the model.</summary>
    private static string FusedInto(Node node)
    {
        bool Has(int input) => input < node.Inputs.Length && node.Inputs[input].Length > 0;
        if (node.OpType == "BlockedSeparable")
        {
            string[] parts = [Has(2) ? "conv before" : "", Has(5) ? "conv after" : "", Has(7) ? "add" : ""];
            return string.Join(", ", parts.Where(word => word.Length > 0));
        }

        (bool bias, bool addend) = node.OpType switch
        {
            "BlockedConv" => (Has(2), Has(3)),
            "BlockedNormalization" => (false, Has(5)),
            "FinishedProduct" => (Has(2), Has(3)),
            "HeadAttention" => (false, Has(3)),
            _ => (false, false),
        };
        return string.Join(", ", new[] { bias ? "bias" : "", node.Attributes.String("activation", ""), addend ? "add" : "", Clamp.IsSet(node.Attributes) ? "clamp" : "", ConvolutionPlace.Of(node.Attributes).All > 0 ? "concat" : "" }.Where(word => word.Length > 0));
    }

    private static long? OffsetOf(MemoryPlan memory, string name) => memory.IsInArena(name) ? memory[name].Offset : null;
}
