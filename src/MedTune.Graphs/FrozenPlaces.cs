using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// The values of a network that training does not change and that depend on one sample at a time, what each is computed from, and which of them the rest
/// reads. What depends on constants or on shapes only is no place: both parts can compute it.
/// </summary>
/// <remarks>Which axis holds the samples is read off the shapes for two and for three samples: it is the one that differs.</remarks>
internal sealed class FrozenPlaces
{
    private readonly (PlanAnalysis Two, PlanAnalysis Three) _shapes;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    // Lists made of shapes, such as what Expand takes, and the places whose shapes they are made of.
    private readonly Dictionary<string, HashSet<int>> _shaped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _moving;

    public FrozenPlaces(Graph graph, IEnumerable<string> trainable, ImmutableDictionary<string, int> dimensions)
    {
        _moving = new HashSet<string>(trainable, StringComparer.Ordinal);
        var options = new PlanOptions { Dimensions = dimensions };
        _shapes = (PlanAnalysis.Of(graph, options.WithBatch(2)), PlanAnalysis.Of(graph, options.WithBatch(3)));
        foreach (var input in graph.Inputs)
        {
            Add(input.Name);
        }

        foreach (var node in graph.Nodes)
        {
            Visit(node);
        }
    }

    /// <summary>The places; the graph's inputs come first.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Which place is computed from which.</summary>
    public List<(int From, int To)> Edges { get; } = [];

    /// <summary>The places that something else reads.</summary>
    public SortedSet<int> Ends { get; } = [];

    /// <summary>The places that products give: the work that is not to be done again.</summary>
    public List<int> Products { get; } = [];

    /// <summary>The first node that is not trained and cannot be computed sample by sample; null when there is none.</summary>
    public Node? Obstacle { get; private set; }

    /// <summary>Elements of a sample, when samples lie one after the other in a value; null else.</summary>
    public int? ElementsPerSample(string name) => SamplesOf(name) is (0, _) ? ShapeOf(_shapes.Two, name).Length / 2 : null;

    /// <summary>The extents of a value of which samples lie one after the other, for one sample.</summary>
    public int[] ExtentsPerSample(string name)
    {
        int[] extents = ShapeOf(_shapes.Two, name).Extents.ToArray();
        extents[0] /= 2;
        return extents;
    }

    /// <summary>The axis of the samples, and how many places on it a sample has; null where there is none, or more than one.</summary>
    private (int Axis, int Each)? SamplesOf(string name)
    {
        if (!_shapes.Two.Has(name) || !_shapes.Three.Has(name))
        {
            return null;
        }

        var (two, three) = (ShapeOf(_shapes.Two, name), ShapeOf(_shapes.Three, name));
        int[] axes = two.Rank == three.Rank ? [.. Enumerable.Range(0, two.Rank).Where(axis => two[axis] != three[axis])] : [];
        return axes is [int found] && two[found] % 2 == 0 && two[found] / 2 * 3 == three[found] ? (found, two[found] / 2) : null;
    }

    private static Shape ShapeOf(PlanAnalysis analysis, string name) => TensorStorage.Concrete(analysis.TypeOf(name))!.Value;

    private void Add(string name)
    {
        _places[name] = Names.Count;
        Names.Add(name);
    }

    private void Visit(Node node)
    {
        var op = OperatorRegistry.For(node);
        var sources = node.Inputs.SelectMany(SourcesOf).ToHashSet();
        string[] outputs = [.. node.Outputs.Where(output => output.Length > 0)];
        if (node.Inputs.Any(_moving.Contains))
        {
            Leave(outputs, sources);
        }
        else if (sources.Count == 0)
        {
            return;
        }
        else if (!node.Inputs.Where((input, i) => op.ReadsValues(i) && _places.ContainsKey(input)).Any() && outputs.All(output => SamplesOf(output) is null && _shapes.Two.Has(output)))
        {
            foreach (string output in outputs)
            {
                _shaped[output] = sources;
            }
        }
        else if (!KeepsSamplesApart(node, op, outputs))
        {
            Obstacle ??= node;
            Leave(outputs, sources);
        }
        else
        {
            Enter(node, outputs, sources);
        }
    }

    private IEnumerable<int> SourcesOf(string name) => _places.TryGetValue(name, out int place) ? [place] : _shaped.TryGetValue(name, out var sources) ? sources : [];

    private void Leave(string[] outputs, HashSet<int> sources)
    {
        _moving.UnionWith(outputs);
        Ends.UnionWith(sources);
    }

    private void Enter(Node node, string[] outputs, HashSet<int> sources)
    {
        ImmutableArray<Shape> inputs = [.. node.Inputs.Select(input => input.Length == 0 ? Shape.Scalar : ShapeOf(_shapes.Two, input))];
        bool isProduct = Work.MultiplyAdds(node, inputs.AsSpan(), ShapeOf(_shapes.Two, outputs[0])) > 0;
        foreach (string output in outputs)
        {
            Add(output);
            Edges.AddRange(sources.Select(source => (source, _places[output])));
            if (isProduct)
            {
                Products.Add(_places[output]);
            }
        }
    }

    /// <summary>Whether a node draws nothing, and what it gives for a sample depends on that sample alone.</summary>
    private bool KeepsSamplesApart(Node node, Operator op, string[] outputs)
    {
        bool normalizesBatch = node is { OpType: "BatchNormalization", Domain: "" } && node.Attributes.Int("training_mode", 0) == 1;
        if (!op.CanFold || normalizesBatch || outputs.Any(output => SamplesOf(output) is null)
            || node.OpType is "Dropout" or "MeanVarianceNormalization" or "CumSum" or "GatherND" or "ScatterND")
        {
            return false;
        }

        return node.Inputs.Where(_places.ContainsKey).All(input => SamplesOf(input) is var (axis, each)
            && (op.IsView ? IsSameOrder(input, outputs[0]) : SamplesOf(outputs[0])!.Value.Each == each && !WorksAlong(node, input, axis)));
    }

    /// <summary>Whether a sample keeps its place in memory although the axes change.</summary>
    private bool IsSameOrder(string input, string output)
    {
        int Before(string name) => ShapeOf(_shapes.Two, name).Extents[..SamplesOf(name)!.Value.Axis].ToArray().Aggregate(1, (product, extent) => product * extent);
        return Before(input) == Before(output);
    }

    /// <summary>Whether a node's axis is the one of the samples. Where axes vanish or grow, the shapes have shown it.</summary>
    private bool WorksAlong(Node node, string input, int samples)
    {
        int? axis = node.Attributes.Has("axis") ? (int)node.Attributes.Int("axis", 0) : node.OpType is "Softmax" or "LogSoftmax" or "Hardmax" or "LpNormalization" ? -1 : null;
        axis = axis < 0 ? axis + ShapeOf(_shapes.Two, input).Rank : axis;
        bool isIndex = node.OpType is "Gather" && input != node.Inputs[0];
        bool normalizesBehind = node.OpType is "LayerNormalization" or "RMSNormalization";
        return !isIndex && axis is int along && (along == samples || (normalizesBehind && along <= samples));
    }
}
