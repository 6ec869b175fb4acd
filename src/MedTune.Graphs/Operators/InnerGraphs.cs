using MedTune.Graphs.Files;

namespace MedTune.Graphs.Operators;

/// <summary>What the operators that hold graphs share.</summary>
internal static class InnerGraphs
{
    /// <summary>A graph that a node must hold.</summary>
    public static Graph Get(ShapeContext context, string attribute) =>
        context.Attributes.Graph(attribute) ?? throw context.Error($"it has no graph '{attribute}'.");

    /// <summary>Refuses a graph that does not take a number of inputs of its own, with the node's captured values behind them.</summary>
    public static void CheckInputs(ShapeContext context, Graph graph, int own)
    {
        int captured = (int)context.Attributes.Int(Subgraphs.Captured, 0);
        if (graph.Inputs.Length != own + captured)
        {
            throw context.Error($"its graph '{graph.Name}' takes {graph.Inputs.Length - captured} inputs; the node has {own} for it.");
        }
    }

    /// <summary>What is known of a value that is of one type or of the other.</summary>
    public static TensorType Either(ShapeContext context, TensorType one, TensorType other)
    {
        if (one.Element != other.Element || one.IsSequence != other.IsSequence)
        {
            throw context.Error($"one of its outputs can be {one} or {other}; one element type was expected.");
        }

        return !one.HasRank || !other.HasRank || one.Rank != other.Rank
            ? one with { Dimensions = default }
            : one with { Dimensions = [.. one.Dimensions.Zip(other.Dimensions, (a, b) => a == b ? a : Dimension.Unknown)] };
    }

    /// <summary>What is known of a value that a loop hands on from pass to pass: the first pass's and every later one's type.</summary>
    public static TensorType Carried(ShapeContext context, int input, TensorType given) => Either(context, context.Input(input), given);

    /// <summary>One more axis in front of, or at a place among, those of a value that each pass gives.</summary>
    public static TensorType Stacked(TensorType each, int axis, Dimension passes) => each.HasRank && axis <= each.Rank
        ? each with { Dimensions = each.Dimensions.Insert(axis, passes) }
        : each with { Dimensions = default };
}
