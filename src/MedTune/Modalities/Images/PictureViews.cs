using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>Test-time augmentation inside the model file: the network sees a picture in several views, and their features are averaged.</summary>
internal static class PictureViews
{
    // Of a side, what a closer look leaves away around it.
    private const double Margin = 1.0 / 16;

    /// <summary>A network that averages over views.</summary>
    /// <param name="backbone">The network for one view.</param>
    /// <param name="views">Names of views beside the picture as it is; none for the network itself.</param>
    /// <exception cref="PlanException">A view does not suit the network.</exception>
    public static ImageBackbone Averaged(ImageBackbone backbone, ImmutableArray<string> views)
    {
        if (views.IsEmpty)
        {
            return backbone;
        }

        var builder = new GraphBuilder("medtune-views");
        var type = backbone.Graph.Inputs[0].Type;
        var image = builder.Input(backbone.Input, type.Element, [.. type.Dimensions]);
        builder.Append("Concat", [image, .. views.Select(view => View(builder, image, view, backbone.Normalization))], Attributes.None.With("axis", 0), outputName: SingleView.Images);
        foreach (var (name, tensor) in backbone.Graph.Initializers)
        {
            builder.Initializer(name, tensor);
        }

        foreach (var node in backbone.Graph.Nodes)
        {
            builder.Append(node with { Inputs = [.. node.Inputs.Select(input => input == backbone.Input ? SingleView.Images : input)] });
        }

        var shape = builder.Initializer("views/shape", Tensor.Vector<long>(views.Length + 1, -1, backbone.Width));
        var rows = builder.Append("Reshape", [builder[backbone.Features], shape], outputName: SingleView.Rows);
        var axes = builder.Initializer("views/axes", Tensor.Vector<long>(0));
        builder.Output(builder.Append("ReduceMean", [rows, axes], Attributes.None.With("keepdims", 0), outputName: SingleView.Features));
        return ImageBackbone.Of(builder.Build(), backbone.Normalization, features: SingleView.Features);
    }

    private static Value View(GraphBuilder builder, Value image, string view, InputNormalization size)
    {
        string name = "views/" + view;
        return view switch
        {
            "mirrored" => Reversed(builder, image, 3, name),
            "flipped" => Reversed(builder, image, 2, name),
            "turned" when size.Height == size.Width => Reversed(
                builder, builder.Append("Transpose", [image], Attributes.None.With("perm", ImmutableArray.Create(0L, 1L, 3L, 2L)), outputName: name + "/transposed"), 3, name),
            "turned" => throw new PlanException("The view 'turned' needs a network for square pictures; leave it out, or give --side."),
            "closer" => Closer(builder, image, size, name),
            _ => throw new ArgumentException($"There is no view '{view}'; there are {string.Join(", ", ImageViews.Names.Keys)}.", nameof(view)),
        };
    }

    private static Value Reversed(GraphBuilder builder, Value image, long axis, string name) => Slice(builder, image, [-1], [long.MinValue], [axis], [-1], name);

    private static Value Closer(GraphBuilder builder, Value image, InputNormalization size, string name)
    {
        (int top, int left) = ((int)(size.Height * Margin), (int)(size.Width * Margin));
        var middle = Slice(builder, image, [top, left], [size.Height - top, size.Width - left], [2, 3], [1, 1], name + "/middle");
        return builder.Append(
            "Resize",
            [middle, default, default, builder.Initializer(name + "/size", Tensor.Vector<long>(size.Height, size.Width))],
            Attributes.None.With("mode", "linear").With("axes", ImmutableArray.Create(2L, 3L)).With("coordinate_transformation_mode", "half_pixel"),
            outputName: name);
    }

    // Everything bears a name of its own, because the network's own values come after it.
    private static Value Slice(GraphBuilder builder, Value image, long[] starts, long[] ends, long[] axes, long[] steps, string name) => builder.Append(
        "Slice",
        [
            image,
            builder.Initializer(name + "/starts", Tensor.Vector<long>(starts)),
            builder.Initializer(name + "/ends", Tensor.Vector<long>(ends)),
            builder.Initializer(name + "/axes", Tensor.Vector<long>(axes)),
            builder.Initializer(name + "/steps", Tensor.Vector<long>(steps)),
        ],
        outputName: name);
}
