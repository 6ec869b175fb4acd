namespace MedTune.Training;

/// <summary>A tree over bins, as the grower leaves it: nodes in the order they were made, the root first.</summary>
internal sealed class GrownTree
{
    private readonly List<GrownNode> _nodes = [];

    public IReadOnlyList<GrownNode> Nodes => _nodes;

    public GrownNode Add(int depth, int start, int samples)
    {
        var node = new GrownNode(_nodes.Count, depth, start, samples);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Gives a node its children; the first samples go left.</summary>
    public (GrownNode Left, GrownNode Right) Divide(GrownNode node, int samplesLeft)
    {
        var left = Add(node.Depth + 1, node.Start, samplesLeft);
        var right = Add(node.Depth + 1, node.Start + samplesLeft, node.Samples - samplesLeft);
        node.SetChildren(left, right);
        return (left, right);
    }

    /// <summary>The leaf of a training sample.</summary>
    public GrownNode LeafOf(BinnedFeatures features, int row)
    {
        var node = _nodes[0];
        while (node.Left is { } left)
        {
            node = node.IsLeft[features.Bins(node.Feature)[row]] ? left : node.Right!;
        }

        return node;
    }
}
