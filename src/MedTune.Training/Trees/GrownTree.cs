namespace MedTune.Training;

/// <summary>A tree over bins, as the grower leaves it: nodes in the order they were made, the root first.</summary>
internal sealed class GrownTree
{
    private readonly List<GrownNode> _nodes = [];

    public IReadOnlyList<GrownNode> Nodes => _nodes;

    public GrownNode Add(int depth, int samples)
    {
        var node = new GrownNode(_nodes.Count, depth, samples);
        _nodes.Add(node);
        return node;
    }

    /// <summary>The leaf of a training sample.</summary>
    public GrownNode LeafOf(BinnedFeatures features, int row)
    {
        var node = _nodes[0];
        while (node.Left is { } left)
        {
            node = node.GoesLeft(features.Bins(node.Feature)[row]) ? left : node.Right!;
        }

        return node;
    }
}
