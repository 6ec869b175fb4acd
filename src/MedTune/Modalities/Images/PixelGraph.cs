using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>A network with everything before it: from decoded pixels of any size to features, in standard operators.</summary>
/// <param name="Graph">One input, <see cref="Pixels"/>; one output, the features [N, F].</param>
/// <param name="Image">The resized and normalized image that the network reads, [N, channels, height, width].</param>
/// <param name="Features">The features' name.</param>
internal sealed record PixelGraph(Graph Graph, string Image, string Features)
{
    /// <summary>The input, Float [N, height, width, channels]: 0 (black) to 255 (white), one channel (grey) or three (red, green, blue).</summary>
    public const string Pixels = ManifestImage.Pixels;

    /// <summary>Names of the input's open dimensions.</summary>
    public const string Height = "height", Width = "width", Channels = "channels";

    /// <summary>What margins and probabilities are called; a network's own values of these names make way.</summary>
    public const string Logits = "logits";

    private static readonly ImmutableHashSet<string> Taken = ImmutableHashSet.Create(StringComparer.Ordinal, Pixels, Logits, ModelFile.ProbabilitiesOutput);

    /// <summary>Puts the nodes for pixels before a network.</summary>
    public static PixelGraph Of(ImageBackbone backbone)
    {
        var builder = new GraphBuilder("medtune-image");
        string image = Free(backbone.Input);
        AppendImage(builder, backbone.Normalization, image);
        foreach (var (name, tensor) in backbone.Graph.Initializers)
        {
            builder.Initializer(Free(name), tensor);
        }

        foreach (var node in backbone.Graph.Nodes)
        {
            builder.Append(node with { Inputs = [.. node.Inputs.Select(Free)], Outputs = [.. node.Outputs.Select(Free)] });
        }

        string features = Free(backbone.Features);
        builder.Output(builder[features]);
        return new PixelGraph(builder.Build(), image, features);
    }

    private static void AppendImage(GraphBuilder builder, InputNormalization normalization, string image)
    {
        var pixels = builder.Input(Pixels, ElementType.Float, Dimension.Batch, Height, Width, Channels);

        // Smoothed where a picture gets smaller, as every good image library does; the few channels of a grey picture are resized before they are copied.
        var size = builder.Initializer("pixels/size", Tensor.Vector<long>(normalization.Height, normalization.Width));
        var resized = builder.Append(
            "Resize",
            [builder.Transpose(pixels, 0, 3, 1, 2), default, default, size],
            Attributes.None.With("mode", "linear").With("antialias", 1).With("axes", ImmutableArray.Create(2L, 3L)).With("coordinate_transformation_mode", "half_pixel"));
        var colours = builder.Expand(resized, builder.Initializer("pixels/colours", Tensor.Vector<long>(1, 3, 1, 1)));
        var ordered = normalization.Order switch
        {
            "BGR" => builder.Gather(colours, builder.Initializer("pixels/order", Tensor.Vector<long>(2, 1, 0)), 1),
            "grey" => Brightness(builder, colours),
            _ => colours,
        };
        var centred = builder.Subtract(ordered, builder.Initializer("pixels/mean", PerChannel(normalization.Mean)));
        builder.Append("Div", [centred, builder.Initializer("pixels/deviation", PerChannel(normalization.Deviation))], outputName: image);
    }

    /// <summary>One channel from three with the weights of ITU-R BT.601, which add to one, so that grey stays what it is.</summary>
    private static Value Brightness(GraphBuilder builder, Value colours) =>
        builder.ReduceSum(builder.Multiply(colours, builder.Initializer("pixels/brightness", PerChannel([0.299, 0.587, 0.114]))), [1]);

    private static Tensor<float> PerChannel(ImmutableArray<double> values) => new(new Shape(1, values.Length, 1, 1), [.. values.Select(value => (float)value)]);

    private static string Free(string name) => Taken.Contains(name) ? "network/" + name : name;
}
