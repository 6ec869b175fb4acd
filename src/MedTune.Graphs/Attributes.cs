using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>The attributes of a node, by name and in ordinal order: numbers, text, lists of them, a tensor, or a graph.</summary>
/// <remarks>
/// Values are <see cref="long"/>, <see cref="float"/>, <see cref="string"/>, <see cref="Tensor"/>, <see cref="Graphs.Graph"/>, or an
/// <see cref="ImmutableArray{T}"/> of the first three: ONNX's INT, FLOAT, STRING, TENSOR, GRAPH, INTS, FLOATS and STRINGS.
/// </remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "ONNX's word.")]
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "ONNX's word.")]
public sealed class Attributes : IEnumerable<KeyValuePair<string, object>>
{
    private readonly ImmutableSortedDictionary<string, object> _values;

    private Attributes(ImmutableSortedDictionary<string, object> values) => _values = values;

    /// <summary>No attribute at all.</summary>
    public static Attributes None { get; } = new(ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal));

    /// <summary>Number of attributes that are set.</summary>
    public int Count => _values.Count;

    /// <summary>The same attributes with one more, or one replaced.</summary>
    /// <param name="name">The attribute's ONNX name.</param>
    /// <param name="value">One of the kinds named in the remarks; <see cref="int"/>, <see cref="bool"/> and arrays are converted.</param>
    /// <exception cref="ArgumentException">The value is of no kind an attribute can have.</exception>
    public Attributes With(string name, object value) => new(_values.SetItem(name, Normalize(name, value)));

    /// <summary>The same attributes without one.</summary>
    public Attributes Without(string name) => new(_values.Remove(name));

    /// <summary>Whether the attribute is set.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>An INT attribute.</summary>
    public long Int(string name, long otherwise) => Get<long>(name, out long value) ? value : otherwise;

    /// <summary>A FLOAT attribute.</summary>
    public float Float(string name, float otherwise) => Get<float>(name, out float value) ? value : otherwise;

    /// <summary>A STRING attribute.</summary>
    public string String(string name, string otherwise) => Get<string>(name, out string? value) ? value : otherwise;

    /// <summary>An INTS attribute; default (not empty) when it is not set.</summary>
    public ImmutableArray<long> Ints(string name) => Get<ImmutableArray<long>>(name, out var value) ? value : default;

    /// <summary>A FLOATS attribute; default (not empty) when it is not set.</summary>
    public ImmutableArray<float> Floats(string name) => Get<ImmutableArray<float>>(name, out var value) ? value : default;

    /// <summary>A STRINGS attribute; default (not empty) when it is not set.</summary>
    public ImmutableArray<string> Strings(string name) => Get<ImmutableArray<string>>(name, out var value) ? value : default;

    /// <summary>A TENSOR attribute, or null.</summary>
    public Tensor? Tensor(string name) => Get<Tensor>(name, out var value) ? value : null;

    /// <summary>A GRAPH attribute (a branch of If, the body of Loop or Scan), or null.</summary>
    public Graph? Graph(string name) => Get<Graph>(name, out var value) ? value : null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static object Normalize(string name, object value) => value switch
    {
        long or float or string or Tensors.Tensor or Graphs.Graph or ImmutableArray<long> or ImmutableArray<float> or ImmutableArray<string> => value,
        int number => (long)number,
        bool truth => truth ? 1L : 0L,
        double number => (float)number,
        long[] numbers => ImmutableArray.Create(numbers),
        int[] numbers => ImmutableArray.CreateRange(numbers.Select(n => (long)n)),
        float[] numbers => ImmutableArray.Create(numbers),
        string[] texts => ImmutableArray.Create(texts),
        _ => throw new ArgumentException($"Attribute '{name}' cannot hold a {value?.GetType().Name ?? "null"}.", nameof(value)),
    };

    private bool Get<T>(string name, [MaybeNullWhen(false)] out T value)
    {
        if (!_values.TryGetValue(name, out object? found))
        {
            value = default;
            return false;
        }

        value = found is T typed
            ? typed
            : throw new InvalidGraphException($"Attribute '{name}' holds a {found.GetType().Name}; a {typeof(T).Name} was expected.");
        return true;
    }
}
