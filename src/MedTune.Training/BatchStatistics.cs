using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;

namespace MedTune.Training;

/// <summary>Batch normalization as training runs it: by the mean and variance of the batch, with the running ones moved towards them.</summary>
internal static class BatchStatistics
{
    /// <summary>The graph with every batch normalization switched whose scale or bias is trained; frozen ones keep their running statistics.</summary>
    /// <param name="graph">The forward graph.</param>
    /// <param name="trainable">Names of the initializers that training changes.</param>
    /// <param name="dimensions">Extents of the open dimensions.</param>
    /// <returns>The graph, with the moved statistics as further outputs, and which output belongs to which initializer.</returns>
    /// <exception cref="InvalidGraphException">A running statistic is no initializer, or the batch has one value per channel.</exception>
    public static (Graph Graph, ImmutableArray<MovedStatistic> Moved) Of(
        Graph graph, IReadOnlySet<string> trainable, ImmutableDictionary<string, int> dimensions)
    {
        var moved = ImmutableArray.CreateBuilder<MovedStatistic>();
        var nodes = ImmutableArray.CreateBuilder<Node>(graph.Nodes.Length);
        var types = graph.Types.ToBuilder();
        var outputs = graph.Outputs.ToBuilder();
        foreach (var node in graph.Nodes)
        {
            if (node is not { OpType: "BatchNormalization", Domain: "" } || !(trainable.Contains(node.Inputs[1]) || trainable.Contains(node.Inputs[2])))
            {
                nodes.Add(node);
                continue;
            }

            long values = ValuesPerChannel(graph, node, dimensions);
            float momentum = node.Attributes.Float("momentum", 0.9f);
            (string mean, string variance) = (NextOf(graph, node.Inputs[3]), NextOf(graph, node.Inputs[4]));
            nodes.Add(node with { Outputs = [node.Outputs[0], mean, variance], Attributes = node.Attributes.With("training_mode", 1) });
            moved.Add(new MovedStatistic(node.Inputs[3], mean, momentum, 1));
            moved.Add(new MovedStatistic(node.Inputs[4], variance, momentum, (float)values / (values - 1)));
            foreach (var (next, running) in new[] { (mean, node.Inputs[3]), (variance, node.Inputs[4]) })
            {
                types[next] = graph.Types[running];
                outputs.Add(new Value(next, graph.Types[running]));
            }
        }

        return (graph with { Nodes = nodes.ToImmutable(), Types = types.ToImmutable(), Outputs = outputs.ToImmutable() }, moved.ToImmutable());
    }

    private static string NextOf(Graph graph, string running) => graph.Initializers.ContainsKey(running)
        ? "moved:" + running
        : throw new InvalidGraphException($"The running statistic '{running}' of a batch normalization is computed, not stored; it cannot be trained. Freeze that layer.");

    private static long ValuesPerChannel(Graph graph, Node node, ImmutableDictionary<string, int> dimensions)
    {
        var type = graph.Types[node.Inputs[0]];
        long values = 1;
        for (int axis = 0; type.HasRank && axis < type.Rank; axis++)
        {
            var dimension = type.Dimensions[axis];
            values *= axis == 1 ? 1 : dimension.Value ?? (dimension.Symbol is string symbol ? dimensions.GetValueOrDefault(symbol, 1) : 1);
        }

        return values > 1 ? values : throw new InvalidGraphException(string.Create(CultureInfo.InvariantCulture,
            $"The batch normalization of '{node.Inputs[0]}' sees one value per channel, which has no variance. Train with larger batches or images, or freeze it."));
    }
}
