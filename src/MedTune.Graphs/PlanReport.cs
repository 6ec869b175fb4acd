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
        var analysis = BlockedLayout.Improve(PlanAnalysis.Of(graph, options), options);
        var memory = MemoryPlan.For(analysis);
        var computed = analysis.Nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        PlanMemory arena = new(memory, computed);
        return new PlanReport
        {
            Steps = [.. analysis.Nodes.Where(node => !MemoryPlan.IsView(node)).Select(node => StepOf(node, analysis, arena))],
            ArenaBytes = memory.ArenaBytes,
            StoredBytes = analysis.Nodes.SelectMany(Read).Distinct(StringComparer.Ordinal)
                .Where(graph.Initializers.ContainsKey).Sum(name => memory[name].Bytes),
        };
    }

    private static IEnumerable<string> Read(Node node)
    {
        var op = OperatorRegistry.For(node);
        return node.Inputs.Where((input, i) => input.Length > 0 && op.ReadsValues(i));
    }

    private static PlanStep StepOf(Node node, PlanAnalysis analysis, PlanMemory arena)
    {
        string output = node.Outputs[0];
        var inputs = node.Inputs.Select(input => input.Length == 0 ? Shape.Scalar : arena.ShapeOf(input)).ToArray();
        return new PlanStep(
            node.OpType,
            output,
            arena.ShapeOf(output),
            node.Outputs.Where(name => name.Length > 0).Sum(arena.BytesOf),
            Work.MultiplyAdds(node, inputs, arena.ShapeOf(output)),
            arena.OffsetOf(output),
            Read(node).FirstOrDefault(input => arena.OffsetOf(input) is long offset && offset == arena.OffsetOf(output)));
    }

    /// <summary>Where computed values are.</summary>
    private sealed record PlanMemory(MemoryPlan Memory, HashSet<string> Computed)
    {
        public Shape ShapeOf(string name) => Memory[name].Shape;

        public long BytesOf(string name) => Memory[name].Bytes;

        public long? OffsetOf(string name) => Computed.Contains(name) && Memory[name] is { Memory: not null } value ? value.Offset : null;
    }
}
