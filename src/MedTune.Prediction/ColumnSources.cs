using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>From which raw column each column of each value in a graph is computed, as far as that is a single one.</summary>
internal sealed class ColumnSources
{
    private static readonly HashSet<string> ByElement =
        new(StringComparer.Ordinal) { "Add", "Cast", "Clip", "Div", "Identity", "IsNaN", "Max", "Min", "Mul", "Not", "Sub", "Where" };

    private readonly Graph _graph;
    private readonly Dictionary<string, int[]?> _sources = new(StringComparer.Ordinal);

    /// <summary>Goes through a graph once.</summary>
    public ColumnSources(Graph graph)
    {
        _graph = graph;
        for (int i = 0; i < graph.Inputs.Length; i++)
        {
            _sources[graph.Inputs[i].Name] = [i];
        }

        foreach (var node in graph.Nodes)
        {
            int[]? sources = SourcesOf(node);
            foreach (string output in node.Outputs)
            {
                _sources[output] = sources is [var one] && Width(output) is > 1 and var width ? Enumerable.Repeat(one, width).ToArray() : sources;
            }
        }
    }

    /// <summary>The place of the graph's input, for each column of a value; none for a constant; null where columns are mixed.</summary>
    public int[]? this[string value] => _sources.TryGetValue(value, out int[]? sources) ? sources : [];

    private int Width(string value) =>
        _graph.Types[value] is { HasRank: true, Rank: 2 } type && type.Dimensions[1].Value is { } width ? width : 1;

    private int[]? SourcesOf(Node node)
    {
        int[]?[] arguments = [.. node.Inputs.Where(input => input.Length > 0).Select(input => this[input]).Where(sources => sources is not [])];
        if (arguments.Length == 0)
        {
            return [];
        }

        if (arguments.Any(sources => sources is null))
        {
            return null;
        }

        int[] first = arguments[0]!;
        if (arguments.All(sources => sources!.All(source => source == first[0])))
        {
            return [first[0]];
        }

        return node.OpType switch
        {
            "Concat" when node.Attributes.Int("axis", 0) == 1 && arguments.Length == node.Inputs.Length => [.. arguments.SelectMany(sources => sources!)],
            "Gather" when node.Attributes.Int("axis", 0) == 1 => Gathered(first, node.Inputs[1]),
            _ => ByElement.Contains(node.OpType) && arguments.All(sources => sources.AsSpan().SequenceEqual(first)) ? first : null,
        };
    }

    private int[]? Gathered(int[] sources, string places)
    {
        if (!_graph.Initializers.TryGetValue(places, out var tensor) || tensor is not Tensor<long> { Shape.Rank: 1 } chosen)
        {
            return null;
        }

        long[] indices = chosen.Values.ToArray();
        return indices.All(index => index >= 0 && index < sources.Length) ? Array.ConvertAll(indices, index => sources[index]) : null;
    }
}
