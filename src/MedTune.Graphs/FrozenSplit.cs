using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// A network in two parts: a prefix that training cannot change and whose answers depend on one sample at a time, and the rest. What the prefix answers for a
/// sample can be computed once and kept. The parts meet where that takes the fewest bytes a sample.
/// </summary>
public sealed class FrozenSplit
{
    private readonly ImmutableDictionary<string, int> _each;

    private FrozenSplit(Graph prefix, Graph rest, ImmutableArray<Value> cut, ImmutableDictionary<string, int> each)
    {
        _each = each;
        Prefix = prefix;
        Rest = rest;
        Cut = cut;
    }

    /// <summary>The frozen part: from inputs of the network to the values of <see cref="Cut"/>.</summary>
    public Graph Prefix { get; }

    /// <summary>The part that is left to train: from the values of <see cref="Cut"/>, which are its inputs, to the network's answer.</summary>
    public Graph Rest { get; }

    /// <summary>Where the parts meet. An input of the network that the rest reads as it is can be among them.</summary>
    public ImmutableArray<Value> Cut { get; }

    /// <summary>Extents of the dimensions of <see cref="Cut"/>, for the options of a plan of <see cref="Rest"/>.</summary>
    /// <param name="samples">Samples at a time, at least 1.</param>
    public ImmutableDictionary<string, int> Extents(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        return Cut.Where(value => !Prefix.Inputs.Contains(value)).ToImmutableDictionary(
            value => value.Type.Dimensions[0].Symbol!, value => checked(samples * _each[value.Name]), StringComparer.Ordinal);
    }

    /// <summary>Splits a network.</summary>
    /// <param name="network">The network in its inference form; the batch dimension is N.</param>
    /// <param name="output">The value that training reads.</param>
    /// <param name="trainable">The initializers that move.</param>
    /// <param name="dimensions">Extents of further open dimensions, such as L of a sequence; none by default.</param>
    /// <exception cref="InvalidGraphException">The output is not there or does not depend on what is trained, or nothing in front of it can be kept sample by sample.</exception>
    public static FrozenSplit Of(Graph network, string output, IEnumerable<string> trainable, ImmutableDictionary<string, int>? dimensions = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(trainable);
        if (!network.Types.TryGetValue(output, out var answer))
        {
            throw new InvalidGraphException($"The graph has no value named '{output}'.");
        }

        var part = DeadNodes.Remove(network with { Outputs = [new Value(output, answer)] });
        var places = new FrozenPlaces(part, trainable, dimensions ?? ImmutableDictionary<string, int>.Empty);
        string[] cut = Cutting(part, places);
        var needed = GraphCut.Between(part, part.Inputs.Select(input => input.Name), cut);
        var read = needed.Nodes.SelectMany(node => node.Inputs).Concat(cut).ToHashSet(StringComparer.Ordinal);
        var prefix = needed with { Inputs = [.. needed.Inputs.Where(input => read.Contains(input.Name))] };

        // The rest is given the values in the extents they have; a sample can take several places of the first axis.
        var each = cut.ToImmutableDictionary(name => name, name => places.ExtentsPerSample(name)[0], StringComparer.Ordinal);
        ImmutableArray<Value> ends = [.. prefix.Outputs.Select(value => prefix.Inputs.Contains(value) ? value : new Value(value.Name, Typed(value.Type, places.ExtentsPerSample(value.Name))))];
        var rest = GraphCut.Between(part, cut, [output]);
        return new FrozenSplit(
            prefix, rest with { Inputs = ends, Types = rest.Types.SetItems(ends.Select(value => KeyValuePair.Create(value.Name, value.Type))) }, ends, each);
    }

    private static TensorType Typed(TensorType type, int[] extents)
    {
        var samples = extents[0] == 1 ? Dimension.Batch : Dimension.FromSymbol(string.Create(CultureInfo.InvariantCulture, $"N*{extents[0]}"));
        return type with { Dimensions = [samples, .. extents.Skip(1).Select(extent => (Dimension)extent)] };
    }

    private static string[] Cutting(Graph graph, FrozenPlaces places)
    {
        var cut = new NarrowestCut([.. places.Names.Select(name =>
            graph.Types[name].Element is ElementType.Float or ElementType.Int64 && places.ElementsPerSample(name) is int elements
                ? (long)elements * graph.Types[name].Element.SizeInBytes()
                : NarrowestCut.Uncuttable)]);
        places.Edges.ForEach(edge => cut.Follow(edge.From, edge.To));
        foreach (int start in Enumerable.Range(0, graph.Inputs.Length).Concat(places.Products))
        {
            cut.Begin(start);
        }

        foreach (int end in places.Ends)
        {
            cut.End(end);
        }

        if (places.Ends.Count == 0)
        {
            throw new InvalidGraphException($"What '{graph.Name}' answers does not depend on anything that is trained.");
        }

        string[] found = [.. (cut.Find() ?? []).Select(value => places.Names[value])];
        return found.Length > 0 && !found.All(name => graph.Inputs.Any(input => input.Name == name))
            ? found
            : throw new InvalidGraphException(
                $"Nothing of '{graph.Name}' in front of what is trained can be computed in advance and kept sample by sample. Train the whole network." +
                (places.Obstacle is Node node ? $" ({node.OpType} '{node.Outputs[0]}' draws, mixes samples, or gives what has no axis of samples.)" : ""));
    }
}
