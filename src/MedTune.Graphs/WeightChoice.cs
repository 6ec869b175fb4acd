using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>Which stored tensors of a graph are weights, and which of those a choice takes.</summary>
internal static class WeightChoice
{
    /// <summary>Inputs that hold something else than weights: statistics, limits, ratios, scales. An operator that is not listed has none.</summary>
    private static readonly ImmutableDictionary<string, ImmutableArray<int>> NoWeights = new Dictionary<string, ImmutableArray<int>>(StringComparer.Ordinal)
    {
        ["BatchNormalization"] = [3, 4],
        ["Clip"] = [1, 2],
        ["Dropout"] = [1],
        ["NonMaxSuppression"] = [0, 1, 3, 4],
        ["OneHot"] = [1, 2],
        ["Pad"] = [2],
        ["Range"] = [0, 1, 2],
        ["Resize"] = [1, 2],
        ["Upsample"] = [1],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The chosen names in ordinal order.</summary>
    /// <exception cref="InvalidGraphException">Nothing is chosen, or a full name is no weight.</exception>
    public static ImmutableArray<string> Select(Graph graph, TrainingChoice choice)
    {
        var weights = Weights(graph);
        foreach (string name in choice.Train.Where(pattern => NamePattern.IsExact(pattern) && !weights.Contains(pattern)))
        {
            throw new InvalidGraphException(
                graph.Initializers.TryGetValue(name, out var tensor)
                    ? $"'{name}' cannot be trained: it is {tensor.Type}{tensor.Shape} and no weight, but a statistic, a limit or a list that fixes shapes."
                    : $"'{name}' cannot be trained: the graph stores no tensor of this name that an output needs.");
        }

        ImmutableArray<string> chosen = [.. weights.Where(name =>
            choice.Train.Any(pattern => NamePattern.Matches(pattern, name)) && !choice.Freeze.Any(pattern => NamePattern.Matches(pattern, name)))];
        return chosen.Length > 0
            ? chosen
            : throw new InvalidGraphException($"None of the graph's {weights.Count} weights fits {string.Join(", ", choice.Train.Select(pattern => $"'{pattern}'"))}; they are named {Examples(weights)}.");
    }

    private static SortedSet<string> Weights(Graph graph)
    {
        var (used, other) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var node in graph.Nodes)
        {
            var op = OperatorRegistry.For(node);
            var excluded = node.Domain.Length == 0 ? NoWeights.GetValueOrDefault(node.OpType, []) : [];
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                (op is DynamicOperator || !op.ReadsValues(i) || excluded.Contains(i) ? other : used).Add(node.Inputs[i]);
            }
        }

        return new SortedSet<string>(graph.Initializers.Where(pair => pair.Value is Tensor<float> && used.Contains(pair.Key) && !other.Contains(pair.Key)).Select(pair => pair.Key), StringComparer.Ordinal);
    }

    private static string Examples(SortedSet<string> weights) => weights.Count == 0 ? "nothing" : string.Join(", ", weights.Take(5)) + (weights.Count > 5 ? ", ..." : "");
}
