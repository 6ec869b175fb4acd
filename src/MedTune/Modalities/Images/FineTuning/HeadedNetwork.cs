using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>A network with its linear head as it is trained: images in, margins out, and the scores of all classes that the loss reads.</summary>
/// <param name="Graph">Outputs <see cref="Margins"/> and <see cref="Scores"/>.</param>
internal sealed record HeadedNetwork(Graph Graph)
{
    /// <summary>One margin for two classes, else one for each.</summary>
    public const string Margins = "tuning/margins";

    /// <summary>One number for each class, of which softmax makes probabilities.</summary>
    public const string Scores = "tuning/scores";

    /// <summary>The head.</summary>
    public const string Weights = "tuning/weights", Intercepts = "tuning/intercepts";

    /// <summary>Puts a head on a network.</summary>
    public static HeadedNetwork Of(ImageBackbone backbone, LinearMargins head)
    {
        var builder = GraphBuilder.From(backbone.Graph);
        builder.ClearOutputs();
        var weights = builder.Initializer(Weights, new Tensor<float>(new Shape(backbone.Width, head.Count), head.Weights));
        var margins = builder.Append("Gemm", [builder[backbone.Features], weights, builder.Initializer(Intercepts, Tensor.Vector<float>(head.Intercepts))], outputName: Margins);
        builder.Output(margins);
        builder.Output(head.Count > 1
            ? builder.Append("Identity", [margins], outputName: Scores)
            : builder.Append("Mul", [margins, builder.Constant(new Tensor<float>(new Shape(1, 2), [0, 1]), "tuning/pair")], outputName: Scores));
        return new HeadedNetwork(builder.Build());
    }

    /// <summary>The network of a trained graph, without the head.</summary>
    public static ImageBackbone BackboneOf(Graph trained, ImageBackbone before) =>
        ImageBackbone.Of(GraphCut.Between(trained, [before.Input], [before.Features]), before.Normalization, features: before.Features);

    /// <summary>The head of a trained graph.</summary>
    public static LinearMargins HeadOf(Graph trained) =>
        new(trained.Initializers[Weights].Values<float>().ToArray(), trained.Initializers[Intercepts].Values<float>().ToArray());

    /// <summary>The blocks that train, from the first to the last; the head is not among them.</summary>
    /// <param name="last">How many of the last ones; null for all.</param>
    public ImmutableArray<ImmutableArray<string>> Blocks(int? last)
    {
        var blocks = NetworkBlocks.Of(Graph, TrainableModel.Of(Graph).Parameters.Where(name => name is not (Weights or Intercepts)));
        return last is int count && count < blocks.Length ? blocks[^count..] : blocks;
    }
}
