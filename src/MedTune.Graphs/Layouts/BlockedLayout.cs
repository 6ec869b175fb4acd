using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Rewrites the image part of a graph with concrete shapes for the blocked layout: convolutions, normalizations, pooling and what lies between them work on
/// [N, C / 16, H, W, 16], and only where another operator needs them are images brought back. The choice follows from the graph and its shapes alone, so
/// it is the same on every machine; it belongs to the numerics profile.
/// </summary>
internal sealed partial class BlockedLayout
{
    private readonly PlanAnalysis _analysis;
    private readonly GraphBuilder _builder;
    private readonly HashSet<string> _blocked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node> _folded;
    private readonly Dictionary<string, Value> _made = new(StringComparer.Ordinal);

    private BlockedLayout(PlanAnalysis analysis)
    {
        _analysis = analysis;
        _builder = new GraphBuilder(analysis.Graph.Name);
        _builder.Reserve(analysis.Nodes.SelectMany(node => node.Outputs));
        _folded = NormalizationFolding.Find(analysis);
    }

    /// <summary>The analysis of the graph in the blocked layout, or the one given where the layout has nothing to offer.</summary>
    public static PlanAnalysis Improve(PlanAnalysis analysis, PlanOptions options) => options.Precision == Precision.Float && options.UseBlockedLayout && Pays(analysis)
        ? PlanAnalysis.Of(Placed(Fused(Apply(analysis, options)), options), options)
        : analysis;

    /// <summary>A graph in the layout with fewer sweeps over its images.</summary>
    public static Graph Fused(Graph graph) => DepthwiseGradientFusion.Apply(NormalizationFusion.Apply(MomentsFusion.Apply(SeparableFusion.Apply(BlockedFusion.Apply(graph)))));

    /// <summary>What is trained keeps its parts for the way back, or computes them again one by one.</summary>
    private static Graph Placed(Graph graph, PlanOptions options) => options.Mutable.Count == 0 ? ConcatPlacement.Apply(graph) : graph;

    /// <summary>Whether a graph has anything to gain.</summary>
    public static bool Pays(PlanAnalysis analysis) => analysis.Nodes.Any(node => node.Domain.Length == 0 && node.OpType == "Conv");

    /// <summary>The graph of the nodes that are left to run, rewritten.</summary>
    public static Graph Apply(PlanAnalysis analysis, PlanOptions options)
    {
        var layout = new BlockedLayout(analysis);
        layout.DeclareFixed(options);
        foreach (var node in analysis.Nodes)
        {
            if (!layout.Rewrite(node))
            {
                layout.Keep(node);
            }
        }

        foreach (var output in analysis.Graph.Outputs)
        {
            layout._builder.Output(layout.Plain(output.Name));
        }

        return layout._builder.Build();
    }

    private void DeclareFixed(PlanOptions options)
    {
        foreach (var input in _analysis.Graph.Inputs)
        {
            _builder.Input(input.Name, input.Type.Element, _analysis.TypeOf(input.Name).Dimensions.AsSpan());
        }

        var read = new HashSet<string>(_analysis.Graph.Outputs.Select(output => output.Name), StringComparer.Ordinal);
        read.UnionWith(_analysis.Nodes.SelectMany(node => node.Inputs));
        read.UnionWith(options.Mutable);
        foreach (string name in read.Where(name => name.Length > 0).Order(StringComparer.Ordinal))
        {
            if ((_analysis.Known(name) ?? _analysis.Graph.Initializers.GetValueOrDefault(name)) is Tensor tensor)
            {
                _builder.Initializer(name, tensor);
            }
        }
    }

    /// <summary>A node as it is, on plain values.</summary>
    private void Keep(Node node)
    {
        var op = OperatorRegistry.For(node);
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (node.Inputs[i].Length > 0 && !op.ReadsValues(i) && !Exists(node.Inputs[i]))
            {
                // Only the shape is wanted, and whatever gave the value has nothing else to do: zeros in that shape say the same.
                var shape = _builder.Constant(new Tensor<long>(new Shape(ShapeOf(node.Inputs[i]).Rank), [.. Extents(node.Inputs[i])]), "shape");
                _builder.Append("ConstantOfShape", [shape], outputName: node.Inputs[i]);
            }
            else if (node.Inputs[i].Length > 0)
            {
                Plain(node.Inputs[i]);
            }
        }

        _builder.Append(node);
    }

    private bool Exists(string name) => _builder.Has(name) || _blocked.Contains(name);

    /// <summary>A value in its own shape; blocked images are brought back once.</summary>
    private Value Plain(string name) => _builder.Has(name)
        ? _builder[name]
        : _builder.Append(
            "FromBlocked",
            [_builder[BlockedName(name)]],
            Attributes.None.With("shape", Extents(name)),
            Operator.InternalDomain,
            name);

    /// <summary>Images in the blocked layout; plain ones are converted once.</summary>
    private Value Blocked(string name)
    {
        if (_blocked.Add(name))
        {
            _builder.Append("ToBlocked", [Plain(name)], domain: Operator.InternalDomain, outputName: BlockedName(name));
        }

        return _builder[BlockedName(name)];
    }

    /// <summary>Appends a node that gives blocked images for a value of the original graph.</summary>
    private void Give(string name, string opType, ReadOnlySpan<Value> inputs, Attributes attributes, string domain = Operator.InternalDomain)
    {
        _builder.Append(opType, inputs, attributes, domain, BlockedName(name));
        _blocked.Add(name);
    }

    /// <summary>A value that several nodes share, made when it is first asked for.</summary>
    private Value Once(string key, Func<Value> make) => _made.TryGetValue(key, out var value) ? value : _made[key] = make();

    /// <summary>One number per channel, filled up with zeros to whole blocks.</summary>
    private Value PadChannels(string name)
    {
        int channels = ShapeOf(name)[0];
        return channels % ChannelBlocks.Size == 0 ? Plain(name) : Once("pad " + name, () => _builder.Append(
            "Pad", [Plain(name), _builder.Constant(new Tensor<long>(new Shape(2), [0, ChannelBlocks.Padded(channels) - channels]), "pads")]));
    }

    /// <summary>Names a list per channel without what fills it up.</summary>
    private void CutChannels(Value padded, string name)
    {
        int channels = ShapeOf(name)[0];
        if (channels % ChannelBlocks.Size == 0)
        {
            _builder.Append("Identity", [padded], outputName: name);
            return;
        }

        var (start, end, axis) = (_builder.Constant(new Tensor<long>(new Shape(1), [0]), "start"), _builder.Constant(new Tensor<long>(new Shape(1), [channels]), "end"), _builder.Constant(new Tensor<long>(new Shape(1), [0]), "axis"));
        _builder.Append("Slice", [padded, start, end, axis], outputName: name);
    }

    private Shape ShapeOf(string name) => TensorStorage.Concrete(_analysis.TypeOf(name))!.Value;

    private ImmutableArray<long> Extents(string name) => [.. ShapeOf(name).Extents.ToArray().Select(extent => (long)extent)];

    private bool IsImage(string name) => name.Length > 0 && _analysis.TypeOf(name) is { Element: ElementType.Float, Rank: 3 or 4 };

    private static string BlockedName(string name) => name + ":blocked";
}
