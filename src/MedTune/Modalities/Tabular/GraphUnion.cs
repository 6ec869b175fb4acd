using System.Collections.Immutable;
using MedTune.Graphs;

namespace MedTune.Modalities.Tabular;

/// <summary>
/// Several graphs over the same raw columns put into one. What two of them hold as the same object, such as a preprocessing they share, is
/// there once; everything else keeps its name where that is free and is prefixed where it is not.
/// </summary>
internal sealed class GraphUnion(GraphBuilder builder)
{
    private readonly Dictionary<object, ImmutableArray<string>> _present = new(ReferenceEqualityComparer.Instance);

    /// <summary>Appends a graph.</summary>
    /// <returns>Where each of its values is now, by the name it had.</returns>
    public IReadOnlyDictionary<string, string> Append(Graph graph, string prefix)
    {
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
            if (!_present.TryGetValue(tensor, out var present))
            {
                present = [builder.Initializer(Free(name, prefix), tensor).Name];
                _present.Add(tensor, present);
            }

            names[name] = present[0];
        }

        foreach (var node in graph.Nodes)
        {
            Append(node, names, prefix);
        }

        return names;
    }

    private void Append(Node node, Dictionary<string, string> names, string prefix)
    {
        if (!_present.TryGetValue(node, out var outputs))
        {
            outputs = [.. node.Outputs.Select(output => output.Length == 0 ? output : Free(output, prefix))];
            builder.Append(node with { Inputs = [.. node.Inputs.Select(input => names[input])], Outputs = outputs });
            _present.Add(node, outputs);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            names[node.Outputs[i]] = outputs[i];
        }
    }

    private string Free(string name, string prefix)
    {
        while (builder.Has(name))
        {
            name = prefix + name;
        }

        return name;
    }
}
