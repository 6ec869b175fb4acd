using System.Collections.Immutable;

namespace MedTune.Graphs.Files;

/// <summary>
/// What a file says of values that computing does not need: declared types of values within the graph, and texts for people. It travels with the graph, so that
/// an export still says it.
/// </summary>
internal sealed record FileNotes
{
    private static readonly ImmutableSortedDictionary<string, string> NoText = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private FileNotes()
    {
    }

    /// <summary>Nothing said.</summary>
    public static FileNotes None { get; } = new();

    private ImmutableSortedDictionary<string, TensorType> Declared { get; init; } = ImmutableSortedDictionary.Create<string, TensorType>(StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, string> Values { get; init; } = NoText;

    private ImmutableSortedDictionary<string, string> Tensors { get; init; } = NoText;

    /// <summary>The text for an input, an output or a value within; empty when there is none.</summary>
    public string OfValue(string name) => Values.GetValueOrDefault(name, string.Empty);

    /// <summary>The text for a stored tensor; empty when there is none.</summary>
    public string OfTensor(string name) => Tensors.GetValueOrDefault(name, string.Empty);

    /// <summary>The declared values that nodes of a graph still give, with their declared types, in ordinal order.</summary>
    public IEnumerable<Value> InnerValues(Graph graph)
    {
        if (Declared.IsEmpty)
        {
            return [];
        }

        var given = graph.Nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        given.ExceptWith(graph.Outputs.Select(output => output.Name));
        return Declared.Where(pair => given.Contains(pair.Key) && Fits(graph, pair.Key, pair.Value)).Select(pair => new Value(pair.Key, pair.Value));
    }

    private static bool Fits(Graph graph, string name, TensorType declared) =>
        graph.Types.TryGetValue(name, out var type) && type.Element == declared.Element && type.IsSequence == declared.IsSequence;

    /// <summary>Collects what a file says.</summary>
    internal sealed class Builder
    {
        private readonly Dictionary<string, TensorType> _declared = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _tensors = new(StringComparer.Ordinal);

        /// <summary>Notes a value within the graph.</summary>
        public void Declare(Value value) => _declared[value.Name] = value.Type;

        /// <summary>Notes a text for a value, if there is one.</summary>
        public void SayOfValue(string name, string text) => Say(_values, name, text);

        /// <summary>Notes a text for a stored tensor, if there is one.</summary>
        public void SayOfTensor(string name, string text) => Say(_tensors, name, text);

        /// <summary>What was collected.</summary>
        public FileNotes Build() => _declared.Count + _values.Count + _tensors.Count == 0 ? None : new FileNotes
        {
            Declared = _declared.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Values = _values.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Tensors = _tensors.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };

        private static void Say(Dictionary<string, string> texts, string name, string text)
        {
            if (text.Length > 0)
            {
                texts[name] = text;
            }
        }
    }
}
