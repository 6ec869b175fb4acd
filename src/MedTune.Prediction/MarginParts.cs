using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>A margin as a weighted sum of trees and of functions of one raw column each: what can be taken apart exactly.</summary>
internal sealed class MarginParts
{
    // Sums may share what they add, so a crafted file could have more ways through them than anybody can walk.
    private const int MostSteps = 100_000;

    private readonly ModelFile _model;
    private readonly ColumnSources _sources;
    private readonly Dictionary<string, Node> _makers = new(StringComparer.Ordinal);
    private readonly int _margins;

    private MarginParts(ModelFile model)
    {
        _model = model;
        _sources = new ColumnSources(model.Graph);
        _margins = model.Manifest.Classes.Length == 2 ? 1 : model.Manifest.Classes.Length;
        foreach (var node in model.Graph.Nodes)
        {
            _makers[node.Outputs[0]] = node;
        }
    }

    /// <summary>The trees.</summary>
    public List<TreePart> Trees { get; } = [];

    /// <summary>Sums over functions of one raw column each, Float [N, margins], and what they are multiplied by.</summary>
    public List<(string Value, double Weight)> Sums { get; } = [];

    /// <summary>The parts of a model's margin, or null where something else is in it, such as a hidden layer or a forest's logarithm.</summary>
    public static MarginParts? Of(ModelFile model)
    {
        var parts = new MarginParts(model);
        return parts.Walk(model.Manifest.ExplainedMargin) ? parts : null;
    }

    private bool Walk(string margin)
    {
        var open = new Stack<(string Value, double Weight)>([(margin, 1)]);
        for (int step = 0; open.TryPop(out var next); step++)
        {
            if (_model.Graph.Initializers.ContainsKey(next.Value))
            {
                continue;
            }

            if (step > MostSteps || !_makers.TryGetValue(next.Value, out var node))
            {
                return false;
            }

            if (IsSum(next.Value, node))
            {
                Sums.Add(next);
            }
            else if (node.OpType == "Add")
            {
                open.Push((node.Inputs[1], next.Weight));
                open.Push((node.Inputs[0], next.Weight));
            }
            else if (node.OpType == "Mul" && Factor(node) is { } factor)
            {
                open.Push((factor.Other, next.Weight * factor.Value));
            }
            else if (PartOf(node, next.Weight) is { } trees)
            {
                Trees.Add(trees);
            }
            else
            {
                return false;
            }
        }

        return Trees.Count + Sums.Count > 0;
    }

    /// <summary>Whether a value is a sum of functions of one raw column each, one number per margin.</summary>
    private bool IsSum(string value, Node node)
    {
        if (_model.Graph.Types[value] is not { HasRank: true, Rank: 2, Element: ElementType.Float } type || type.Dimensions[1].Value != _margins)
        {
            return false;
        }

        bool isProduct = node.OpType is "Gemm" or "MatMul" && node.Attributes.Int("transA", 0) == 0
            && _sources[node.Inputs[0]] is not null && node.Inputs.Skip(1).All(input => input.Length == 0 || _model.Graph.Initializers.ContainsKey(input));
        return isProduct || (_sources[value] is { } sources && sources.Distinct().Count() == 1);
    }

    private (string Other, double Value)? Factor(Node node)
    {
        for (int side = 0; side < 2; side++)
        {
            if (_model.Graph.Initializers.TryGetValue(node.Inputs[side], out var tensor) && tensor is Tensor<float> { Length: 1 } factor)
            {
                return (node.Inputs[1 - side], factor.Values[0]);
            }
        }

        return null;
    }

    private TreePart? PartOf(Node node, double weight)
    {
        if (node.OpType != TreeEnsemble.OperatorName || node.Domain != TreeEnsemble.Domain
            || _sources[node.Inputs[0]] is not { Length: > 0 } sources || Places(sources) is not { } places)
        {
            return null;
        }

        var trees = TreeEnsemble.Of(node);
        return trees.Targets == _margins && trees.Features <= places.Length && TreeShapley.CanExplain(trees)
            ? new TreePart(node.Inputs[0], places, trees, weight)
            : null;
    }

    /// <summary>Places in the manifest for places among the graph's inputs; null when an input is no column.</summary>
    private int[]? Places(int[] sources)
    {
        var columns = _model.Manifest.Columns;
        int[] places = Array.ConvertAll(sources, source => columns.IndexOf(columns.FirstOrDefault(column => column.Name == _model.Graph.Inputs[source].Name)!));
        return places.Contains(-1) ? null : places;
    }
}
