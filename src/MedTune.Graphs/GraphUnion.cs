using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Several graphs over the same inputs put into one. What two of them hold as the same object, such as a preprocessing they share, is
/// there once; everything else keeps its name where that is free and is prefixed where it is not.
/// </summary>
/// <param name="builder">Receives them.</param>
public sealed class GraphUnion(GraphBuilder builder)
{
    private readonly Dictionary<Tensor, string> _tensors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, List<Node>> _nodes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Appends a graph.</summary>
    /// <param name="graph">Its inputs are joined by name with those that are there.</param>
    /// <param name="prefix">Put before names that are taken.</param>
    /// <returns>Where each of its values is now, by the name it had.</returns>
    public IReadOnlyDictionary<string, string> Append(Graph graph, string prefix)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "" };
        foreach (var input in graph.Inputs)
        {
            names[input.Name] = input.Name;
            if (!builder.Has(input.Name))
            {
                builder.Input(input.Name, input.Type.Element, input.Type.Dimensions.AsSpan());
            }
        }

        foreach (var (name, tensor) in graph.Initializers)
        {
            if (!_tensors.TryGetValue(tensor, out string? present))
            {
                present = builder.Initializer(Free(name, prefix), tensor).Name;
                _tensors.Add(tensor, present);
            }

            names[name] = present;
        }

        foreach (var node in graph.Nodes)
        {
            Append(node, names, prefix);
        }

        return names;
    }

    private void Append(Node node, Dictionary<string, string> names, string prefix)
    {
        // The same node over other weights, as in two fine-tuned copies of one model, is another node here.
        ImmutableArray<string> inputs = [.. node.Inputs.Select(input => names[input])];
        if (!_nodes.TryGetValue(node, out var copies))
        {
            _nodes.Add(node, copies = []);
        }

        var copy = copies.FirstOrDefault(other => other.Inputs.SequenceEqual(inputs));
        if (copy is null)
        {
            copy = node with { Inputs = inputs, Outputs = [.. node.Outputs.Select(output => output.Length == 0 ? output : Free(output, prefix))] };
            builder.Append(copy);
            copies.Add(copy);
        }

        for (int i = 0; i < copy.Outputs.Length; i++)
        {
            names[node.Outputs[i]] = copy.Outputs[i];
        }
    }

    /// <summary>A name that is not taken: this one, or with a prefix before it.</summary>
    /// <param name="name">The name wanted.</param>
    /// <param name="prefix">Put before it as often as needed.</param>
    public string Free(string name, string prefix)
    {
        while (builder.Has(name))
        {
            name = prefix + name;
        }

        return name;
    }
}
