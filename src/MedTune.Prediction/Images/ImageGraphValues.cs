using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>The values of an image model's graph that explanations read, by name.</summary>
/// <param name="Pixels">The input: Float [N, height, width, channels], 0 to 255.</param>
/// <param name="Resized">The picture at the network's size, still 0 to 255, [N, channels, height, width].</param>
/// <param name="FeatureMap">The last feature map that has places, [N, C, h, w], through which all of the answer goes; null where there is none.</param>
/// <param name="Features">What the last linear layer reads, [N, F].</param>
/// <param name="Margins">Margins before probabilities: one for two classes, else one per class or finding.</param>
/// <param name="Probabilities">One per class or finding.</param>
internal sealed record ImageGraphValues(string Pixels, string Resized, string? FeatureMap, string Features, string Margins, string Probabilities)
{
    /// <summary>What the model file of pictures calls its margins.</summary>
    public const string MarginsValue = "logits";

    // These mix all places with each other: what stands before them is no map of what the answer saw where.
    private static readonly ImmutableHashSet<string> Mixing = ImmutableHashSet.Create(StringComparer.Ordinal, "Softmax", "Attention", "MultiHeadAttention");

    /// <summary>Finds the values in a model of pictures.</summary>
    /// <exception cref="InvalidGraphException">The graph has no input of pixels that it resizes, or no margins that a linear layer makes.</exception>
    public static ImageGraphValues Find(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        graph = SingleView.Of(graph);
        var resize = graph.Nodes.FirstOrDefault(node => node.OpType == "Resize")
            ?? throw new InvalidGraphException("the graph resizes no picture; a model of pictures that MedTune made was expected.");
        string resized = resize.Outputs[0];
        var path = GraphCut.Between(graph, [resized], [MarginsValue]).Nodes;
        var linear = path.LastOrDefault(node => node.OpType is "Gemm" or "MatMul")
            ?? throw new InvalidGraphException("no linear layer makes the margins; a model of pictures that MedTune made was expected.");
        return new ImageGraphValues(ManifestImage.Pixels, resized, LastMap(graph, path), linear.Inputs[0], MarginsValue, ModelFile.ProbabilitiesOutput);
    }

    private static string? LastMap(Graph graph, ImmutableArray<Node> path)
    {
        foreach (var node in path.Reverse())
        {
            var type = graph.Types[node.Outputs[0]];
            if (Mixing.Contains(node.OpType) && type is not { HasRank: true, Rank: <= 2 })
            {
                return null;
            }

            if (type is { Element: ElementType.Float, HasRank: true, Rank: 4 } && type.Dimensions[2].Value > 1 && type.Dimensions[3].Value > 1
                && node.OpType is not ("Transpose" or "Reshape") && IsPassage(graph, node.Outputs[0]))
            {
                return node.Outputs[0];
            }
        }

        return null;
    }

    /// <summary>Whether the margins need nothing of the picture but this value.</summary>
    private static bool IsPassage(Graph graph, string value)
    {
        try
        {
            _ = GraphCut.Between(graph, [value], [MarginsValue]);
            return true;
        }
        catch (InvalidGraphException)
        {
            return false;
        }
    }
}
