using MedTune.Graphs;

namespace MedTune.Prediction;

/// <summary>A model that looks at a picture in several views, reduced to the picture as it is: what Grad-CAM differentiates, and what a further fine-tuning begins from.</summary>
internal static class SingleView
{
    /// <summary>The batch of all views that the network reads, the picture as it is first.</summary>
    public const string Images = "views/images";

    /// <summary>The features of each view, [views, N, F].</summary>
    public const string Rows = "views/rows";

    /// <summary>Their mean, [N, F].</summary>
    public const string Features = "views/features";

    /// <summary>The same graph with one view; the graph itself where it has no more.</summary>
    public static Graph Of(Graph graph)
    {
        if (!graph.Nodes.Any(node => node.Outputs.Contains(Images)))
        {
            return graph;
        }

        string features = FeaturesOf(graph);
        var nodes = graph.Nodes.Where(node => !node.Outputs.Contains(Rows)).Select(node =>
            node.Outputs.Contains(Images) ? Same(node, node.Inputs[0]) : node.Outputs.Contains(Features) ? Same(node, features) : node);
        return GraphBuilder.From(graph with { Nodes = [.. nodes] }).Build();
    }

    /// <summary>The network's own features of all views together, [views x N, F].</summary>
    public static string FeaturesOf(Graph graph) => graph.Nodes.First(node => node.Outputs.Contains(Rows)).Inputs[0];

    private static Node Same(Node node, string input) => node with { OpType = "Identity", Inputs = [input], Attributes = Attributes.None };
}
