using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>The form of a graph that training runs: Dropout drops.</summary>
public static class TrainingForm
{
    /// <summary>The Int64 scalar input with the run's seed; there only when the graph has a Dropout.</summary>
    public const string Seed = "training:seed";

    /// <summary>The Int64 scalar input with the number of the step, from 0; there only when the graph has a Dropout.</summary>
    public const string Step = "training:step";

    /// <summary>The same graph with every Dropout drawing by (seed, step, element). Without a Dropout it is the graph itself.</summary>
    /// <exception cref="InvalidGraphException">A Dropout's ratio is not a constant, or its mask is used.</exception>
    public static Graph Of(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (!graph.Nodes.Any(IsDropout))
        {
            return graph;
        }

        var scalar = new TensorType(ElementType.Int64, []);
        int key = 0;
        return graph with
        {
            Inputs = [.. graph.Inputs, new Value(Seed, scalar), new Value(Step, scalar)],
            Types = graph.Types.Add(Seed, scalar).Add(Step, scalar),
            Nodes = [.. graph.Nodes.Select(node => IsDropout(node) ? Random(graph, node, key++) : node)],
        };
    }

    private static bool IsDropout(Node node) => node is { OpType: "Dropout", Domain: "" };

    private static Node Random(Graph graph, Node node, int key)
    {
        float ratio = node.Inputs.Length < 2 || node.Inputs[1].Length == 0 ? 0.5f : graph.Initializers.GetValueOrDefault(node.Inputs[1]) is Tensor<float> tensor
            ? tensor.Values[0]
            : throw new InvalidGraphException(NodeErrors.Sentence(node, "its ratio is not a constant; training needs to know it."));
        if (node.Outputs.Length > 1 && node.Outputs[1].Length > 0 &&
            (graph.Outputs.Any(output => output.Name == node.Outputs[1]) || graph.Nodes.Any(other => other.Inputs.Contains(node.Outputs[1]))))
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "its mask is used; training draws no mask that could be kept."));
        }

        return new Node(
            "RandomDropout",
            [node.Inputs[0], Seed, Step],
            [node.Outputs[0]],
            Attributes.None.With("ratio", ratio).With("key", key),
            Operator.InternalDomain,
            node.Name);
    }
}
