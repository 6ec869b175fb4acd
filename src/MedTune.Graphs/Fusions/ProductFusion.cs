using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;

namespace MedTune.Graphs;

/// <summary>
/// Takes what follows a product of matrices into its store (<see cref="FinishedProduct"/>): a bias, Relu or Gelu, and the addition of a value of the same shape, such as
/// a residual. Only where nothing else reads what lies between, so in training an activation stays whose gradient reads its input.
/// </summary>
internal static class ProductFusion
{
    /// <summary>The operators to put in the place of nodes that give the values they are listed under.</summary>
    public static Dictionary<string, Node> Find(PlanAnalysis analysis)
    {
        var map = new NodeMap(analysis);
        var fused = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var node in analysis.Nodes.Where(node => IsProduct(map, node)))
        {
            if (Extend(map, node) is Node product)
            {
                // Of two products that are added to each other the first takes the sum into its store, and the other is its addend.
                fused.TryAdd(product.Outputs[0], product);
            }
        }

        return fused;
    }

    /// <summary>Whether a node is one product of two matrices in float, with nothing but a row of biases added.</summary>
    private static bool IsProduct(NodeMap map, Node node)
    {
        if (node.Domain.Length > 0 || node.OpType is not ("Gemm" or "MatMul") || map.Analysis.TypeOf(node.Outputs[0]).Element != Tensors.ElementType.Float
            || map.ShapeOf(node.Outputs[0]).Length == 0 || map.ShapeOf(node.Inputs[0]) is not { Rank: >= 2, Length: > 0 } || map.ShapeOf(node.Inputs[1]).Rank != 2)
        {
            return false;
        }

        bool hasBias = node.Inputs.Length > 2 && node.Inputs[2].Length > 0;
        return node.Attributes.Float("alpha", 1) == 1 && node.Attributes.Float("beta", 1) == 1 && (!hasBias || IsRow(map, node.Inputs[2], node.Outputs[0]));
    }

    private static Node? Extend(NodeMap map, Node node)
    {
        string result = node.Outputs[0];
        string bias = node.Inputs.Length > 2 ? node.Inputs[2] : "";
        string activation = "";
        string addend = "";
        while (map.OnlyReader(result) is { Domain: "" } next)
        {
            if (next.OpType == "Add" && bias.Length + activation.Length + addend.Length == 0 && IsRow(map, NodeMap.Other(next, result), result))
            {
                bias = NodeMap.Other(next, result);
            }
            else if (next.OpType is "Relu" or "Gelu" && activation.Length + addend.Length == 0)
            {
                activation = next.OpType == "Gelu" && Gelu.IsTanh(next.Attributes) ? "GeluTanh" : next.OpType;
            }
            else if (next.OpType == "Add" && addend.Length == 0 && next.Inputs[0] != next.Inputs[1] && map.ShapeOf(NodeMap.Other(next, result)) == map.ShapeOf(result))
            {
                addend = NodeMap.Other(next, result);
            }
            else
            {
                break;
            }

            result = next.Outputs[0];
        }

        return result == node.Outputs[0] ? null : new Node(
            "FinishedProduct",
            [node.Inputs[0], node.Inputs[1], bias, addend],
            [result],
            Attributes.None.With("transA", node.Attributes.Int("transA", 0)).With("transB", node.Attributes.Int("transB", 0)).With("activation", activation),
            Operator.InternalDomain);
    }

    private static bool IsRow(NodeMap map, string name, string result) =>
        map.ShapeOf(name) is { Rank: > 0 } shape && shape[-1] == map.ShapeOf(result)[-1] && shape.Length == shape[-1] && shape.Rank <= map.ShapeOf(result).Rank;
}
