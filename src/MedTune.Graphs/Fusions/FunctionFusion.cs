using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Finds functions that files spell out in elementary operators: Gelu as x · (1 + erf(x / √2)) / 2, and LayerNormalization as (x - mean) / sqrt(variance + epsilon) · scale
/// + bias. Each becomes the one operator, with one pass over memory and a gradient of its own. Only where nothing else reads what lies between.
/// </summary>
internal static class FunctionFusion
{
    private const double RootTwo = 1.41421356237309504880;

    /// <summary>The operators to put in the place of nodes that give the values they are listed under.</summary>
    public static Dictionary<string, Node> Find(PlanAnalysis analysis)
    {
        var map = new NodeMap(analysis);
        var fused = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var node in analysis.Nodes.Where(node => node.Domain.Length == 0))
        {
            var function = node.OpType switch
            {
                "Erf" => Gelu(map, node),
                "Sqrt" => LayerNormalization(map, node),
                _ => null,
            };
            if (function is not null)
            {
                fused.Add(function.Outputs[0], function);
            }
        }

        return fused;
    }

    private static Node? Gelu(NodeMap map, Node erf)
    {
        // x by 1 / √2, then erf plus 1.
        if (map.Inner(erf.Inputs[0], "Mul", "Div") is not Node scaled || map.OnlyReader(erf.Outputs[0]) is not { OpType: "Add", Domain: "" } sum || !map.IsNumber(NodeMap.Other(sum, erf.Outputs[0]), 1))
        {
            return null;
        }

        string? x = scaled.OpType == "Div"
            ? map.IsNumber(scaled.Inputs[1], RootTwo) ? scaled.Inputs[0] : null
            : map.IsNumber(scaled.Inputs[1], 1 / RootTwo) ? scaled.Inputs[0] : map.IsNumber(scaled.Inputs[0], 1 / RootTwo) ? scaled.Inputs[1] : null;
        return x is null || Halved(map, sum.Outputs[0], x) is not string result ? null : new Node("Gelu", [x], [result], Attributes.None);
    }

    /// <summary>The value that is a sum times x and a half, in whatever order; null where it is not.</summary>
    private static string? Halved(NodeMap map, string sum, string x)
    {
        (bool hasX, bool hasHalf) = (false, false);
        while (!hasX || !hasHalf)
        {
            if (map.OnlyReader(sum) is not { OpType: "Mul" or "Div", Domain: "" } product || (product.OpType == "Div" && product.Inputs[0] != sum))
            {
                return null;
            }

            string factor = NodeMap.Other(product, sum);
            bool isHalf = map.IsNumber(factor, product.OpType == "Div" ? 2 : 0.5);
            bool isX = product.OpType == "Mul" && factor == x;
            bool isBoth = product.OpType == "Mul" && map.Inner(factor, "Mul") is Node half && half.Inputs.Contains(x) && map.IsNumber(NodeMap.Other(half, x), 0.5);
            if (!(isHalf && !hasHalf) && !(isX && !hasX) && !(isBoth && !hasX && !hasHalf))
            {
                return null;
            }

            (hasX, hasHalf, sum) = (hasX || isX || isBoth, hasHalf || isHalf || isBoth, product.Outputs[0]);
        }

        return sum;
    }

    private static Node? LayerNormalization(NodeMap map, Node root)
    {
        // The root of the mean square of d = x - mean(x), plus epsilon.
        if (map.Inner(root.Inputs[0], "Add") is not Node sum
            || (map.Number(sum.Inputs[1]) ?? map.Number(sum.Inputs[0])) is not float epsilon
            || map.Inner(map.Number(sum.Inputs[1]) is null ? sum.Inputs[1] : sum.Inputs[0], "ReduceMean") is not Node variance
            || map.Inner(variance.Inputs[0], "Pow", "Mul") is not Node square
            || (square.OpType == "Pow" ? !map.IsNumber(square.Inputs[1], 2) : square.Inputs[1] != square.Inputs[0])
            || map.OnlyReader(root.Outputs[0]) is not { OpType: "Div", Domain: "" } quotient || quotient.Inputs[1] != root.Outputs[0] || quotient.Inputs[0] != square.Inputs[0])
        {
            return null;
        }

        string deviation = square.Inputs[0];
        int reads = square.OpType == "Pow" ? 2 : 3;
        if (map.Uses(deviation) != reads || map.Giver(deviation) is not { OpType: "Sub", Domain: "" } difference || map.Inner(difference.Inputs[1], "ReduceMean") is not Node mean
            || mean.Inputs[0] != difference.Inputs[0] || !IsOfRows(map, mean) || !IsOfRows(map, variance))
        {
            return null;
        }

        // What follows scales and shifts by one number per element of a row.
        int width = map.ShapeOf(deviation)[-1];
        if (map.OnlyReader(quotient.Outputs[0]) is not { OpType: "Mul", Domain: "" } scaled || !IsRow(map, NodeMap.Other(scaled, quotient.Outputs[0]), width))
        {
            return null;
        }

        string scale = NodeMap.Other(scaled, quotient.Outputs[0]);
        var attributes = Attributes.None.With("axis", -1L).With("epsilon", epsilon);
        return map.OnlyReader(scaled.Outputs[0]) is { OpType: "Add", Domain: "" } shifted && IsRow(map, NodeMap.Other(shifted, scaled.Outputs[0]), width)
            ? new Node("LayerNormalization", [difference.Inputs[0], scale, NodeMap.Other(shifted, scaled.Outputs[0])], [shifted.Outputs[0]], attributes)
            : new Node("LayerNormalization", [difference.Inputs[0], scale], [scaled.Outputs[0]], attributes);
    }

    /// <summary>Whether a mean is that of every row along the last axis, which it keeps.</summary>
    private static bool IsOfRows(NodeMap map, Node mean)
    {
        int rank = map.ShapeOf(mean.Inputs[0]).Rank;
        ImmutableArray<long> axes = mean.Inputs.Length > 1 && mean.Inputs[1].Length > 0
            ? map.Analysis.Known(mean.Inputs[1]) is Tensor<long> known ? [.. known.Values] : []
            : mean.Attributes.Ints("axes") is { IsDefault: false } listed ? listed : [];
        return rank > 0 && axes.Length == 1 && (axes[0] == -1 || axes[0] == rank - 1) && mean.Attributes.Int("keepdims", 1) != 0;
    }

    private static bool IsRow(NodeMap map, string name, int width) => map.ShapeOf(name) is { Rank: 1 } shape && shape[0] == width;
}
