using System.Collections.Immutable;
using MedTune.Graphs;

namespace MedTune.Modalities.Images;

/// <summary>Finds the features of a network that was trained to tell classes apart: what its last linear layer reads.</summary>
internal static class ClassifierInput
{
    // What may stand between the last linear layer and the answer without mixing channels.
    private static readonly ImmutableHashSet<string> After = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "Softmax", "LogSoftmax", "Sigmoid", "Relu", "Clip", "Cast", "Identity", "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "GlobalAveragePool", "AveragePool", "ReduceMean",
        "Add", "Sub", "Mul", "Div");

    /// <summary>The value that the last Gemm, MatMul or convolution of single pixels reads; the answer itself where none stands before it.</summary>
    public static string Of(Graph graph)
    {
        string answer = graph.Outputs[0].Name;
        var makers = graph.Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0).Select(output => (output, node)))
            .ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        string value = answer;
        while (makers.TryGetValue(value, out var node))
        {
            string? data = DataOf(graph, node, makers);
            if (data is null)
            {
                return answer;
            }

            if (IsLinear(graph, node))
            {
                return data;
            }

            if (!After.Contains(node.OpType))
            {
                return answer;
            }

            value = data;
        }

        return answer;
    }

    private static bool IsLinear(Graph graph, Node node) => node.OpType is "Gemm" or "MatMul" || (node.OpType == "Conv"
        && graph.Types[node.Inputs[1]] is { HasRank: true, Rank: 4 } weights && weights.Dimensions[2].Value == 1 && weights.Dimensions[3].Value == 1);

    /// <summary>The one input that is computed from the image; null where there are two, as after a residual sum.</summary>
    private static string? DataOf(Graph graph, Node node, Dictionary<string, Node> makers)
    {
        string[] computed = [.. node.Inputs.Where(input => input.Length > 0 && !graph.Initializers.ContainsKey(input)
            && !(makers.TryGetValue(input, out var maker) && maker.OpType is "Constant" or "Shape" or "Concat" && input != node.Inputs[0]))];
        return computed.Length == 1 || (computed.Length > 1 && node.OpType is "Reshape") ? computed[0] : null;
    }
}
