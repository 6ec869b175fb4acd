using System.Collections.Immutable;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>A model: inputs, nodes in an order in which they can be executed, initializers and outputs. Immutable.</summary>
/// <remarks>Made by a builder or read from a file, both of which check it; passes return new graphs.</remarks>
public sealed record Graph
{
    /// <summary>The graph's name, written into the file.</summary>
    public required string Name { get; init; }

    /// <summary>What must be given to run it.</summary>
    public required ImmutableArray<Value> Inputs { get; init; }

    /// <summary>The nodes, each after the nodes whose outputs it takes.</summary>
    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>What it answers.</summary>
    public required ImmutableArray<Value> Outputs { get; init; }

    /// <summary>The stored tensors (weights, constants), by value name in ordinal order.</summary>
    public required ImmutableSortedDictionary<string, Tensor> Initializers { get; init; }

    /// <summary>Element type and shape of every value, inputs and initializers included.</summary>
    public required ImmutableDictionary<string, TensorType> Types { get; init; }

    /// <summary>Free text that travels in the file, by key in ordinal order.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What the model is, for people who open the file with a viewer; empty by default.</summary>
    public string Documentation { get; init; } = string.Empty;

    /// <summary>What a file says of the graph itself, beside what it says of the model; empty by default.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>
    /// The operator set to write: that of the file the graph was read from, as long as its nodes are those of the file or mean the same in both sets.
    /// 0, the default, is set 18.
    /// </summary>
    public int SourceOpset { get; init; }

    /// <summary>What a file says of values beside their use; none by default.</summary>
    internal FileNotes Notes { get; init; } = FileNotes.None;

    /// <summary>The same graph with other initializers of the same type and shape.</summary>
    /// <exception cref="InvalidGraphException">A name is not an initializer, or type or shape differ.</exception>
    public Graph WithInitializers(IEnumerable<KeyValuePair<string, Tensor>> replacements)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        var builder = Initializers.ToBuilder();
        foreach (var (name, tensor) in replacements)
        {
            if (!builder.TryGetValue(name, out var present))
            {
                throw new InvalidGraphException($"The graph has no initializer named '{name}'.");
            }

            if (present.Type != tensor.Type || present.Shape != tensor.Shape)
            {
                throw new InvalidGraphException(
                    $"Initializer '{name}' is {present.Type}{present.Shape}; it cannot become {tensor.Type}{tensor.Shape}.");
            }

            builder[name] = tensor;
        }

        return this with { Initializers = builder.ToImmutable() };
    }

    /// <summary>The same graph with one metadata entry set.</summary>
    public Graph WithMetadata(string key, string value) => this with { Metadata = Metadata.SetItem(key, value) };
}
