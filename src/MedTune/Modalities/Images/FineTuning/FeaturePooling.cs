using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>Features of small objects: beside its mean over all positions, the largest value of each channel, which one cell in a wide field can make.</summary>
internal static class FeaturePooling
{
    /// <summary>What the features are called.</summary>
    public const string Name = "pooling/mean-and-max";

    // What may stand between the map of the last layer and the features without mixing channels.
    private static readonly ImmutableHashSet<string> After = ImmutableHashSet.Create(
        StringComparer.Ordinal, "Flatten", "Reshape", "Squeeze", "GlobalAveragePool", "AveragePool", "ReduceMean", "Identity", "Dropout");

    /// <summary>The same network with twice as many features: means over the positions of the map that it averages, then largest values.</summary>
    /// <exception cref="ModelFileException">Its features are no means over a map.</exception>
    public static ImageBackbone MeanAndMax(ImageBackbone backbone)
    {
        var builder = GraphBuilder.From(backbone.Graph);
        var map = builder[MapOf(backbone)];
        builder.ClearOutputs();
        var mean = builder.Flatten(builder.Append("GlobalAveragePool", [map]));
        var largest = builder.Flatten(builder.Append("GlobalMaxPool", [map]));
        builder.Output(builder.Append("Concat", [mean, largest], Attributes.None.With("axis", 1), outputName: Name));
        return ImageBackbone.Of(builder.Build(), backbone.Normalization, features: Name);
    }

    private static string MapOf(ImageBackbone backbone)
    {
        var graph = backbone.Graph;
        var makers = graph.Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0).Select(output => (output, node)))
            .ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        string value = backbone.Features;
        while (makers.TryGetValue(value, out var node) && After.Contains(node.OpType))
        {
            value = node.Inputs[0];
            var type = graph.Types[value];
            if (type is { Element: ElementType.Float, HasRank: true, Rank: 4 } && type.Dimensions[2].Value > 1 && type.Dimensions[3].Value > 1)
            {
                return value;
            }
        }

        throw new ModelFileException("The features of this network are no means over a map, so that there is nothing to take the largest values of; use them as they are.");
    }
}
