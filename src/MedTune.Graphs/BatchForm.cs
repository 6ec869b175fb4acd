using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Turns the BatchNormalizations that train from running statistics to those of the batch. The running variance moves towards the unbiased one, as in PyTorch.
/// </summary>
internal static class BatchForm
{
    /// <summary>The graph with the moved running statistics as further outputs, and their names.</summary>
    /// <exception cref="InvalidGraphException">The statistics are computed by nodes, or two normalizations share them.</exception>
    public static (Graph Graph, ImmutableArray<RunningStatistic> Running) Of(Graph graph, ImmutableArray<string> parameters)
    {
        var trained = parameters.ToHashSet(StringComparer.Ordinal);
        var running = ImmutableArray.CreateBuilder<RunningStatistic>();
        var nodes = graph.Nodes.Select(node => IsTrained(node, trained) ? Turned(graph, node, running) : node).ToImmutableArray();
        if (running.Count == 0)
        {
            return (graph, []);
        }

        ImmutableArray<Value> outputs = [.. running.Select(statistic => new Value(statistic.Output, graph.Types[statistic.Initializer]))];
        return (graph with
        {
            Nodes = nodes,
            Outputs = graph.Outputs.AddRange(outputs),
            Types = graph.Types.AddRange(outputs.Select(output => KeyValuePair.Create(output.Name, output.Type))),
        }, running.ToImmutable());
    }

    private static bool IsTrained(Node node, HashSet<string> trained) =>
        node is { OpType: "BatchNormalization", Domain: "" } && node.Attributes.Int("training_mode", 0) == 0 && node.Inputs.Skip(1).Take(2).Any(trained.Contains);

    private static Node Turned(Graph graph, Node node, ImmutableArray<RunningStatistic>.Builder running)
    {
        var outputs = ImmutableArray.Create(node.Outputs[0]);
        foreach (string statistic in node.Inputs.Skip(3).Take(2))
        {
            if (graph.Initializers.GetValueOrDefault(statistic) is not Tensor<float>)
            {
                throw new InvalidGraphException(NodeErrors.Sentence(node, $"its running statistic '{statistic}' is no stored Float tensor, so it cannot be moved. Train without batch statistics, or freeze its scale and bias."));
            }

            if (running.Any(other => other.Initializer == statistic))
            {
                throw new InvalidGraphException(NodeErrors.Sentence(node, $"it shares its running statistic '{statistic}' with another normalization. Train without batch statistics, or freeze its scale and bias."));
            }

            var moved = new RunningStatistic(statistic, "running:" + statistic);
            running.Add(moved);
            outputs = outputs.Add(moved.Output);
        }

        return node with { Outputs = outputs, Attributes = node.Attributes.With("training_mode", 1).With("unbiased", 1) };
    }
}
