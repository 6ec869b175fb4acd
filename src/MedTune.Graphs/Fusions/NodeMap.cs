using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>Who gives and who reads each value of a graph with concrete shapes: what a pass asks that looks for patterns.</summary>
internal sealed class NodeMap
{
    private readonly Dictionary<string, Node> _givenBy = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Node>> _readBy = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shown;

    public NodeMap(PlanAnalysis analysis)
    {
        Analysis = analysis;
        _shown = analysis.Graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in analysis.Nodes)
        {
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
            {
                _givenBy[output] = node;
            }

            foreach (string input in node.Inputs.Where(input => input.Length > 0))
            {
                (_readBy.TryGetValue(input, out var readers) ? readers : _readBy[input] = []).Add(node);
            }
        }
    }

    /// <summary>The graph.</summary>
    public PlanAnalysis Analysis { get; }

    /// <summary>The node that gives a value; null for inputs and what is known before the first run.</summary>
    public Node? Giver(string name) => _givenBy.GetValueOrDefault(name);

    /// <summary>How often nodes read a value, one more when the graph shows it.</summary>
    public int Uses(string name) => (_readBy.TryGetValue(name, out var readers) ? readers.Count : 0) + (_shown.Contains(name) ? 1 : 0);

    /// <summary>The node that reads a value, when it is read once and the graph does not show it; null otherwise.</summary>
    public Node? OnlyReader(string name) => Uses(name) == 1 && _readBy.TryGetValue(name, out var readers) ? readers[0] : null;

    /// <summary>The ONNX node that gives a value which is read once and not shown, when it is one of the operators asked for; null otherwise.</summary>
    public Node? Inner(string name, params ReadOnlySpan<string> operators) =>
        Uses(name) == 1 && Giver(name) is { Domain.Length: 0 } node && operators.Contains(node.OpType) ? node : null;

    /// <summary>The concrete shape of a value.</summary>
    public Shape ShapeOf(string name) => TensorStorage.Concrete(Analysis.TypeOf(name))!.Value;

    /// <summary>A value known to be a single number, of the rank of a list at most; null otherwise.</summary>
    public float? Number(string name) => name.Length > 0 && Analysis.Known(name) is Tensor<float> { Length: 1, Shape.Rank: <= 1 } tensor ? tensor.Values[0] : null;

    /// <summary>Whether a value is known to be a number, but for rounding.</summary>
    public bool IsNumber(string name, double value) => Number(name) is float number && Math.Abs(number - value) <= 1e-6 * Math.Abs(value);

    /// <summary>The other input of a node of two.</summary>
    public static string Other(Node node, string input) => node.Inputs[0] == input ? node.Inputs[1] : node.Inputs[0];
}
