using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>A network with its linear head as it is trained: images in, margins out, and the scores of all classes that the loss reads.</summary>
internal static class HeadedNetwork
{
    /// <summary>One margin for two classes, else one for each.</summary>
    public const string Margins = "tuning/margins";

    /// <summary>One number for each class, of which softmax makes probabilities.</summary>
    public const string Scores = "tuning/scores";

    /// <summary>The head.</summary>
    public const string Weights = "tuning/weights", Intercepts = "tuning/intercepts";

    /// <summary>Puts a head on a network; the outputs are <see cref="Margins"/> and <see cref="Scores"/>.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="head">The head.</param>
    /// <param name="scores">Scores of a picture: two of one margin, else as many as there are margins.</param>
    public static Graph Of(ImageBackbone backbone, LinearMargins head, int scores)
    {
        var builder = GraphBuilder.From(backbone.Graph);
        builder.ClearOutputs();
        var weights = builder.Initializer(Weights, new Tensor<float>(new Shape(backbone.Width, head.Count), head.Weights));
        var margins = builder.Append("Gemm", [builder[backbone.Features], weights, builder.Initializer(Intercepts, Tensor.Vector<float>(head.Intercepts))], outputName: Margins);
        builder.Output(margins);
        builder.Output(head.Count == scores
            ? builder.Append("Identity", [margins], outputName: Scores)
            : builder.Append("Mul", [margins, builder.Constant(new Tensor<float>(new Shape(1, 2), [0, 1]), "tuning/pair")], outputName: Scores));
        return builder.Build();
    }

    /// <summary>The network of a trained graph, without the head.</summary>
    public static ImageBackbone BackboneOf(Graph trained, ImageBackbone before) =>
        ImageBackbone.Of(GraphCut.Between(trained, [before.Input], [before.Features]), before.Normalization, features: before.Features);

    /// <summary>The head of a trained graph.</summary>
    public static LinearMargins HeadOf(Graph trained) =>
        new(trained.Initializers[Weights].Values<float>().ToArray(), trained.Initializers[Intercepts].Values<float>().ToArray());
}
