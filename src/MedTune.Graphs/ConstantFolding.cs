using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>Computes once and for all what depends on nothing but initializers.</summary>
public static class ConstantFolding
{
    /// <summary>The same graph with every node whose inputs are all known replaced by its result; nodes and initializers left without use are dropped.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="keep">Initializers to leave as they are, with everything that depends on them; none by default.</param>
    /// <param name="limit">Results with more elements stay nodes, so that the file does not grow: 1,048,576 by default.</param>
    public static Graph Apply(Graph graph, IEnumerable<string>? keep = null, int limit = 1 << 20)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var kept = new HashSet<string>(keep ?? [], StringComparer.Ordinal);
        var known = graph.Initializers.RemoveRange(kept).ToBuilder();
        var folded = graph.Initializers.ToBuilder();
        var nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (var node in TopologicalOrder.Of(graph))
        {
            if (Evaluate(graph, node, known, limit) is not { IsDefault: false } results)
            {
                nodes.Add(node);
                continue;
            }

            for (int i = 0; i < node.Outputs.Length; i++)
            {
                if (node.Outputs[i].Length > 0)
                {
                    known[node.Outputs[i]] = folded[node.Outputs[i]] = results[i];
                }
            }
        }

        return DeadNodes.Remove(graph with { Nodes = nodes.ToImmutable(), Initializers = folded.ToImmutable() });
    }

    private static ImmutableArray<Tensor> Evaluate(Graph graph, Node node, ImmutableSortedDictionary<string, Tensor>.Builder known, int limit)
    {
        var op = OperatorRegistry.For(node);
        bool ready = op.CanFold && node.Inputs.Select((input, i) => (input, i)).All(pair =>
            pair.input.Length == 0 || known.ContainsKey(pair.input) || (!op.ReadsValues(pair.i) && TensorStorage.Concrete(graph.Types[pair.input]) is not null));
        if (!ready)
        {
            return default;
        }

        ImmutableArray<TensorType> inputTypes = [.. node.Inputs.Select(input =>
            input.Length == 0 ? default : known.TryGetValue(input, out var tensor) ? TensorType.Of(tensor) : graph.Types[input])];
        ImmutableArray<Tensor?> inputs = [.. node.Inputs.Select(known.GetValueOrDefault)];
        var outputTypes = op.Infer(new ShapeContext(node, inputTypes, inputs));
        return outputTypes.All(type => TensorStorage.Concrete(type) is Shape shape && shape.Length <= limit)
            ? NodeEvaluation.Run(node, inputs, inputTypes, outputTypes)
            : default;
    }
}
