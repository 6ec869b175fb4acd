using MedTune.Graphs.Execution;

namespace MedTune.Graphs;

/// <summary>
/// Puts single operators in the place of groups of nodes, where that saves sweeps over memory: functions that files spell out, attention, and what follows a
/// product of matrices. The choice follows from the graph and its shapes alone, never from the machine.
/// </summary>
internal static class Fusion
{
    /// <summary>The analysis of the graph with everything fused, or the one given where there is nothing to fuse.</summary>
    public static PlanAnalysis Improve(PlanAnalysis analysis, PlanOptions options)
    {
        if (!IsAsked(options))
        {
            return analysis;
        }

        analysis = Replaced(analysis, FunctionFusion.Find(analysis), options);
        analysis = Replaced(analysis, AttentionFusion.Find(analysis, options), options);
        return Replaced(analysis, ProductFusion.Find(analysis), options);
    }

    /// <summary>A forward graph with those operators that have gradients of their own, for the extents of the options; the graph itself where there are none.</summary>
    /// <param name="graph">The forward graph, to be differentiated.</param>
    /// <param name="options">What it will be compiled with, the mutable initializers among it.</param>
    public static Graph Apply(Graph graph, PlanOptions options)
    {
        if (!IsAsked(options) || !graph.Nodes.Any(node => node.OpType is "Softmax" or "Erf" or "Sqrt"))
        {
            return graph;
        }

        var analysis = PlanAnalysis.Of(graph, options);
        if (analysis.Breaks.Length > 0)
        {
            return graph;
        }

        analysis = Replaced(analysis, FunctionFusion.Find(analysis), options);
        analysis = Replaced(analysis, AttentionFusion.Find(analysis, options), options);
        return ReferenceEquals(analysis.Graph, graph)
            ? graph
            : analysis.Graph with { Inputs = [.. graph.Inputs.Select(input => input with { Type = analysis.TypeOf(input.Name) })] };
    }

    private static bool IsAsked(PlanOptions options) => options.Precision == Precision.Float && options.UseFusion;

    /// <summary>The graph with nodes replaced by the output they give; what nothing reads any more is left out when it is analyzed.</summary>
    private static PlanAnalysis Replaced(PlanAnalysis analysis, Dictionary<string, Node> fused, PlanOptions options) => fused.Count == 0
        ? analysis
        : PlanAnalysis.Of(analysis.Graph with { Nodes = [.. analysis.Graph.Nodes.Select(node => fused.GetValueOrDefault(node.Outputs[0]) ?? node)] }, options);
}
