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

    /// <summary>The network up to a map, with two features for each of its channels: means over all positions, then largest values.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="map">An inner value [N, channels, height, width]; by default the one that the network averages itself.</param>
    /// <exception cref="ModelFileException">There is no such map, or by default, the network's features are no means over one.</exception>
    public static ImageBackbone MeanAndMax(ImageBackbone backbone, string? map = null)
    {
        string name = map ?? LastMap(backbone) ?? throw new ModelFileException(
            "The features of this network are no means over a map, so that there is nothing to take the largest values of; use them as they are.");
        return backbone.Graph.Nodes.Any(node => node.Outputs.Contains(name)) && IsMap(backbone.Graph.Types[name])
            ? Pooled(backbone, name)
            : throw new ModelFileException($"'{name}' is no map of this network: Float [N, channels, height, width] was expected.");
    }

    /// <summary>
    /// The last map of each size, from the last to the first, without those of fewer than 64 channels: earlier maps see less at a time, but finer, and are often better for objects of
    /// a few pixels.
    /// </summary>
    public static ImmutableArray<string> Maps(ImageBackbone backbone)
    {
        var last = new Dictionary<(int, int), string>();
        foreach (var node in backbone.Graph.Nodes.Where(node => IsMap(backbone.Graph.Types[node.Outputs[0]])))
        {
            var extents = backbone.Graph.Types[node.Outputs[0]].Dimensions;
            last[(extents[2].Value!.Value, extents[3].Value!.Value)] = node.Outputs[0];
        }

        return [.. last.OrderBy(pair => pair.Key).Select(pair => pair.Value).Where(name => backbone.Graph.Types[name].Dimensions[1].Value >= 64)];
    }

    private static ImageBackbone Pooled(ImageBackbone backbone, string name)
    {
        var builder = GraphBuilder.From(backbone.Graph);
        var map = builder[name];
        builder.ClearOutputs();
        var mean = builder.Flatten(builder.Append("GlobalAveragePool", [map]));
        var largest = builder.Flatten(builder.Append("GlobalMaxPool", [map]));
        builder.Output(builder.Append("Concat", [mean, largest], Attributes.None.With("axis", 1), outputName: Name));
        return ImageBackbone.Of(builder.Build(), backbone.Normalization, features: Name);
    }

    private static bool IsMap(TensorType type) =>
        type is { Element: ElementType.Float, HasRank: true, Rank: 4 } && type.Dimensions[2].Value > 1 && type.Dimensions[3].Value > 1;

    private static string? LastMap(ImageBackbone backbone)
    {
        var makers = backbone.Graph.Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0).Select(output => (output, node)))
            .ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        string value = backbone.Features;
        while (makers.TryGetValue(value, out var node) && After.Contains(node.OpType))
        {
            value = node.Inputs[0];
            if (IsMap(backbone.Graph.Types[value]))
            {
                return value;
            }
        }

        return null;
    }
}
