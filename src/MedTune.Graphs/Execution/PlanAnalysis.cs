using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>The first half of compiling: concrete shapes for every value, what is known before the first run, and which nodes are left to run.</summary>
internal sealed class PlanAnalysis
{
    private readonly PlanOptions _options;
    private readonly Dictionary<string, TensorType> _types;
    private readonly Dictionary<string, Tensor> _known;

    private PlanAnalysis(Graph graph, PlanOptions options)
    {
        Graph = graph;
        _options = options;
        (_types, _known) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        Nodes = [];
    }

    private PlanAnalysis(PlanAnalysis other)
    {
        (Graph, _options, _types, _known) = (other.Graph, other._options, other._types, other._known);
        (Settled, Breaks, Rest) = (other.Settled, other.Breaks, other.Rest);
    }

    public Graph Graph { get; }

    /// <summary>The nodes that must run, in order.</summary>
    public ImmutableArray<Node> Nodes { get; private set; }

    /// <summary>The nodes whose shapes follow from those of the inputs, in order, those that are known before the first run included.</summary>
    public ImmutableArray<Node> Settled { get; private set; }

    /// <summary>The nodes whose inputs <see cref="Settled"/> gives, and which can only be evaluated with those at hand: a shape depends on the data.</summary>
    public ImmutableArray<Node> Breaks { get; private set; }

    /// <summary>The nodes that need what <see cref="Breaks"/> give, in order.</summary>
    public ImmutableArray<Node> Rest { get; private set; }

    /// <summary>Analyzes a graph. <see cref="Nodes"/> is empty where <see cref="Breaks"/> is not: such a graph runs in segments.</summary>
    /// <exception cref="InvalidGraphException">A symbol has no extent, or shapes do not fit.</exception>
    public static PlanAnalysis Of(Graph graph, PlanOptions options)
    {
        var analysis = new PlanAnalysis(graph, options);
        analysis.Seed();
        var (computed, settled, breaks, rest) = (new List<Node>(), new List<Node>(), new List<Node>(), new List<Node>());
        var late = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in TopologicalOrder.Of(graph))
        {
            bool isLate = node.Inputs.Any(late.Contains);
            if (isLate || !analysis.Settle(node))
            {
                (isLate ? rest : breaks).Add(node);
                late.UnionWith(node.Outputs.Where(output => output.Length > 0));
                continue;
            }

            settled.Add(node);
            if (!analysis.Fold(node))
            {
                computed.Add(node);
            }
        }

        (analysis.Settled, analysis.Breaks, analysis.Rest) = ([.. settled], [.. breaks], [.. rest]);
        analysis.Nodes = breaks.Count == 0 ? analysis.Live(computed) : [];
        return analysis;
    }

    /// <summary>The options it was made with.</summary>
    public PlanOptions Options => _options;

    /// <summary>The same values, computed by other nodes. Copies that the nodes give have been declared.</summary>
    public PlanAnalysis With(ImmutableArray<Node> nodes) => new(this) { Nodes = nodes };

    /// <summary>Gives a value that is computed a second time the type of the first.</summary>
    public void Declare(string copy, string original) => _types[copy] = _types[original];

    /// <summary>The value's type as the graph names it, with concrete dimensions.</summary>
    public TensorType TypeOf(string name) => _types[name];

    /// <summary>Whether a value exists.</summary>
    public bool Has(string name) => _types.ContainsKey(name);

    /// <summary>The value in storage type when it is known before the first run, or null.</summary>
    public Tensor? Known(string name) => _known.GetValueOrDefault(name);

    /// <summary>Whether a node of <see cref="Nodes"/> is done with when the plan is compiled: its result is as fixed as a constant.</summary>
    public bool RunsOnce(Node node) => _options.FoldConstants && OperatorRegistry.For(node).RunsOnce && node.Inputs.All(input => input.Length == 0 || _known.ContainsKey(input));

    /// <summary>Whether a node is a step of every run: neither done once nor a view.</summary>
    public bool IsStep(Node node) => !MemoryPlan.IsView(node) && !RunsOnce(node);

    /// <summary>A context with concrete shapes for the operator's questions.</summary>
    public ShapeContext ContextOf(Node node) => new(
        node,
        [.. node.Inputs.Select(input => input.Length == 0 ? default : _types[input])],
        [.. node.Inputs.Select(Known)]);

    /// <summary>A slot without memory for a value.</summary>
    public PlanValue NewValue(string name)
    {
        var type = _types[name];
        return new PlanValue(name, TensorStorage.Stored(type.Element, _options.Precision), TensorStorage.Concrete(type)!.Value);
    }

    private void Seed()
    {
        foreach (var input in Graph.Inputs)
        {
            if (input.Type.IsSequence)
            {
                _types[input.Name] = input.Type;
                continue;
            }

            if (!input.Type.HasRank)
            {
                throw new InvalidGraphException($"Input '{input.Name}' has no rank; a plan needs to know its axes.");
            }

            _types[input.Name] = new TensorType(input.Type.Element, [.. input.Type.Dimensions.Select((dimension, axis) => Extent(input.Name, axis, dimension))]);
        }

        foreach (var (name, tensor) in Graph.Initializers)
        {
            _types[name] = TensorType.Of(tensor);
            if (!_options.Mutable.Contains(name))
            {
                _known[name] = TensorStorage.Stored(tensor, _options.Precision);
            }
        }

        foreach (string name in _options.Mutable.Where(name => !Graph.Initializers.ContainsKey(name)).Order(StringComparer.Ordinal))
        {
            throw new InvalidGraphException($"'{name}' was to be changed between runs, but the graph has no initializer of this name.");
        }
    }

    private Dimension Extent(string input, int axis, Dimension dimension)
    {
        if (dimension.Value is not null)
        {
            return dimension;
        }

        // An input axis without any name is addressed as input:axis.
        string symbol = dimension.Symbol ?? string.Create(CultureInfo.InvariantCulture, $"{input}:{axis}");
        return _options.Dimensions.TryGetValue(symbol, out int extent)
            ? extent
            : throw new InvalidGraphException($"Input '{input}' has the open dimension '{symbol}' at axis {axis.ToString(CultureInfo.InvariantCulture)}; the plan's options must say its extent.");
    }

    /// <summary>Infers a node's types; false when they depend on the data.</summary>
    private bool Settle(Node node)
    {
        var op = OperatorRegistry.For(node);
        foreach (string input in node.Inputs.Where(input => input.Length > 0 && !_types.ContainsKey(input)))
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, $"it takes '{input}', which nothing in the graph gives."));
        }

        if (op is DynamicOperator || node.Inputs.Where((input, i) => input.Length > 0 && op.NeedsConstant(i) && !_known.ContainsKey(input)).Any())
        {
            return false;
        }

        var types = op.Infer(ContextOf(node));
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i].Length > 0 && TensorStorage.Concrete(types[i]) is null)
            {
                return false;
            }
        }

        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i].Length > 0)
            {
                _types[node.Outputs[i]] = types[i];
            }
        }

        return true;
    }

    /// <summary>Computes a node's outputs at once where that is possible.</summary>
    private bool Fold(Node node)
    {
        var op = OperatorRegistry.For(node);
        ImmutableArray<TensorType> types = [.. node.Outputs.Select(output => output.Length == 0 ? default : _types[output])];
        if (!op.CanFold || op.RunsOnce || !IsKnown(op, node, types))
        {
            return false;
        }

        Execution.MemoryLimit.Check(node, types, _options.MemoryLimit);
        var results = NodeEvaluation.Run(
            node,
            [.. node.Inputs.Select(Known)],
            [.. node.Inputs.Select(StoredType)],
            [.. types.Select(type => type with { Element = TensorStorage.Stored(type.Element, _options.Precision) })]);
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i].Length > 0)
            {
                _known[node.Outputs[i]] = results[i];
            }
        }

        return true;
    }

    private TensorType StoredType(string name) =>
        name.Length == 0 ? default : _types[name] with { Element = TensorStorage.Stored(_types[name].Element, _options.Precision) };

    private bool IsKnown(Operator op, Node node, ImmutableArray<TensorType> types)
    {
        // Without folding, only the small whole numbers that shapes are made of are computed ahead.
        if (!_options.FoldConstants && types.Any(type => type.Element is not (ElementType.Int64 or ElementType.Int32 or ElementType.Bool or ElementType.Undefined)))
        {
            return false;
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (node.Inputs[i].Length > 0 && op.ReadsValues(i) && !_known.ContainsKey(node.Inputs[i]))
            {
                return false;
            }
        }

        return true;
    }

    private ImmutableArray<Node> Live(List<Node> nodes)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in Graph.Outputs)
        {
            if (!_types.ContainsKey(output.Name))
            {
                throw new InvalidGraphException($"Graph '{Graph.Name}' lists output '{output.Name}', which nothing in the graph gives.");
            }

            wanted.Add(output.Name);
        }

        var live = ImmutableArray.CreateBuilder<Node>();
        for (int n = nodes.Count - 1; n >= 0; n--)
        {
            var node = nodes[n];
            if (!node.Outputs.Any(wanted.Contains))
            {
                continue;
            }

            live.Add(node);
            var op = OperatorRegistry.For(node);
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (node.Inputs[i].Length > 0 && op.ReadsValues(i))
                {
                    wanted.Add(node.Inputs[i]);
                }
            }
        }

        live.Reverse();

        // Outputs nobody reads get no memory; the first output always does, because kernels count on it.
        return [.. live.Select(node => node with { Outputs = [.. node.Outputs.Select((output, i) => i == 0 || wanted.Contains(output) ? output : "")] })];
    }
}
