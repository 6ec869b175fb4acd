using System.Collections.Immutable;
using MedTune.Graphs.Files;
using MedTune.Graphs.Operators;

namespace MedTune.Graphs.Execution;

/// <summary>
/// Runs a graph of which some shapes depend on the data: segment by segment. What can be compiled for the shapes at hand is compiled and run;
/// then the nodes that wait for data are evaluated one by one, and the rest goes on with the shapes they gave. Compiled segments are kept
/// for the shapes met last, so that a second run over the same shapes compiles nothing.
/// </summary>
internal sealed class GraphInterpreter : IDisposable
{
    private const int KeptSegments = 16;

    private readonly Graph _graph;
    private readonly PlanOptions _options;
    private readonly bool _isInner;
    private readonly RecentlyUsed<string, Segment> _segments = new(KeptSegments, StringComparer.Ordinal);
    private readonly Dictionary<string, RuntimeValue> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<Graph, GraphInterpreter> _bodies = new(ReferenceEqualityComparer.Instance);
    private long _compiled;

    /// <param name="graph">The graph; only inputs that are no initializers are asked for.</param>
    /// <param name="options">How to compile; without mutable initializers.</param>
    /// <param name="isInner">Whether the graph stands in a node, so that all its shapes depend on data.</param>
    public GraphInterpreter(Graph graph, PlanOptions options, bool isInner = false)
    {
        _graph = graph with { Nodes = TopologicalOrder.Of(graph) };
        _options = options;
        _isInner = isInner;
    }

    /// <summary>The graph that is run, its nodes in order.</summary>
    public Graph Graph => _graph;

    /// <summary>How many segments were compiled so far.</summary>
    public long Compiled => _compiled + _bodies.Values.Sum(body => body.Compiled);

    /// <summary>Bytes of the arenas that are kept.</summary>
    public long ArenaBytes => _segments.Values.Sum(segment => segment.ArenaBytes) + _bodies.Values.Sum(body => body.ArenaBytes);

    /// <summary>The outputs, in order, from the inputs in order.</summary>
    public ImmutableArray<RuntimeValue> Run(IReadOnlyList<RuntimeValue> inputs)
    {
        var values = new Dictionary<string, RuntimeValue>(StringComparer.Ordinal);
        for (int i = 0; i < _graph.Inputs.Length; i++)
        {
            // An inner graph knows outer initializers as its own; what the node gives for them is the same.
            if (!_graph.Initializers.ContainsKey(_graph.Inputs[i].Name))
            {
                values[_graph.Inputs[i].Name] = inputs[i];
            }
        }

        Segment? segment = null;
        var fresh = values.Values.Select(value => value.Key).ToList();
        var rest = _graph.Nodes;
        do
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            segment = Next(segment, fresh, rest, values);
            segment.Run(values);
            fresh = [];
            foreach (var node in segment.Breaks)
            {
                Evaluate(node, values, fresh);
            }

            Forget(values, segment.Kept);
            rest = segment.Rest;
        }
        while (rest.Length > 0);

        return [.. _graph.Outputs.Select(output => Find(output.Name, values))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _segments.Dispose();
        foreach (var body in _bodies.Values)
        {
            body.Dispose();
        }
    }

    private static void Forget(Dictionary<string, RuntimeValue> values, ImmutableHashSet<string> kept)
    {
        foreach (string name in values.Keys.Where(name => !kept.Contains(name)).ToArray())
        {
            values.Remove(name);
        }
    }

    private Segment Next(Segment? before, List<string> fresh, ImmutableArray<Node> nodes, Dictionary<string, RuntimeValue> values)
    {
        // What came before has settled every other shape, so its number and the shapes that are new say all.
        string key = FormattableString.Invariant($"{before?.Id ?? 0}|{string.Join('|', fresh)}");
        long limit = before is null && !_isInner ? _options.MemoryLimit : Math.Min(_options.DynamicValueLimit, _options.MemoryLimit);
        return _segments.Get(key, _ => Segment.Compile(++_compiled, _graph, nodes, values, _options, limit));
    }

    private void Evaluate(Node node, Dictionary<string, RuntimeValue> values, List<string> fresh)
    {
        var op = OperatorRegistry.For(node);
        ImmutableArray<RuntimeValue?> inputs = [.. node.Inputs.Select(input => input.Length == 0 ? null : Find(input, values))];
        var types = op.Infer(new ShapeContext(node, [.. inputs.Select(input => input?.Type ?? default)], [.. inputs.Select(input => input?.Single)]));
        var results = op is DynamicOperator dynamic
            ? dynamic.Evaluate(new DynamicContext(node, inputs, _options, name => Body(node, name)))
            : Compute(node, inputs, types);
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i].Length > 0)
            {
                values[node.Outputs[i]] = results[i];
                fresh.Add(results[i].Key);
            }
        }
    }

    private ImmutableArray<RuntimeValue> Compute(Node node, ImmutableArray<RuntimeValue?> inputs, ImmutableArray<TensorType> types)
    {
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i].Length > 0 && TensorStorage.Concrete(types[i]) is null)
            {
                throw new InvalidGraphException(NodeErrors.Sentence(node, $"the shape of its output {i} ({types[i]}) is not known even with its inputs at hand."));
            }
        }

        MemoryLimit.Check(node, types, Math.Min(_options.DynamicValueLimit, _options.MemoryLimit));
        var results = NodeEvaluation.Run(
            node,
            [.. inputs.Select(input => input?.Tensor)],
            [.. inputs.Select(input => input is null ? default : TensorType.Of(input.Tensor))],
            [.. types.Select(type => type with { Element = TensorStorage.Stored(type.Element, _options.Precision) })],
            _options.Pool);
        return [.. results.Select((result, i) => RuntimeValue.Of(result, types[i].Element))];
    }

    private RuntimeValue Find(string name, Dictionary<string, RuntimeValue> values)
    {
        if (values.TryGetValue(name, out var value) || _constants.TryGetValue(name, out value))
        {
            return value;
        }

        return _graph.Initializers.TryGetValue(name, out var tensor)
            ? _constants[name] = RuntimeValue.Of(TensorStorage.Stored(tensor, _options.Precision), tensor.Type)
            : throw new InvalidGraphException($"Graph '{_graph.Name}' needs '{name}', which nothing in the graph gives.");
    }

    /// <summary>The interpreter of a graph that a node holds. Initializers that it captures are constants inside, too, so that shapes made of them are known.</summary>
    private GraphInterpreter Body(Node node, string attribute)
    {
        var graph = node.Attributes.Graph(attribute) ?? throw new InvalidGraphException(NodeErrors.Sentence(node, $"it has no graph '{attribute}'."));
        if (!_bodies.TryGetValue(graph, out var body))
        {
            int captured = (int)node.Attributes.Int(Subgraphs.Captured, 0);
            var constants = graph.Inputs[^captured..].Zip(node.Inputs[^captured..])
                .Where(pair => _graph.Initializers.ContainsKey(pair.Second))
                .Select(pair => KeyValuePair.Create(pair.First.Name, _graph.Initializers[pair.Second]));
            body = _bodies[graph] = new GraphInterpreter(graph with { Initializers = graph.Initializers.SetItems(constants) }, _options, isInner: true);
        }

        return body;
    }
}
