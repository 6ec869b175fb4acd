using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>A pretrained network up to its features: one input, normalized images [N, channels, height, width]; one output, pooled features [N, F].</summary>
internal sealed class ImageBackbone
{
    private const int LongestSide = 4096;

    private ImageBackbone(Graph graph, InputNormalization normalization, int width) => (Graph, Normalization, Width) = (graph, normalization, width);

    /// <summary>From normalized images to features.</summary>
    public Graph Graph { get; }

    /// <summary>What the network expects, height and width being those that are used.</summary>
    public InputNormalization Normalization { get; }

    /// <summary>Number of features.</summary>
    public int Width { get; }

    /// <summary>The graph's input.</summary>
    public string Input => Graph.Inputs[0].Name;

    /// <summary>The graph's output.</summary>
    public string Features => Graph.Outputs[0].Name;

    /// <summary>Reads a network.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <param name="catalogue">Where its normalization is looked up by the file's digest.</param>
    /// <param name="normalization">Its normalization; from the catalogue by default.</param>
    /// <param name="side">Height and width of the images it is to take; by default those it was trained with.</param>
    /// <param name="features">The value to take; by default what the last linear layer reads.</param>
    /// <exception cref="ModelFileException">The file is no such network, its normalization is not known, or it does not take this side.</exception>
    public static ImageBackbone Read(
        string path, ModelCatalogue catalogue, InputNormalization? normalization = null, int? side = null, string? features = null)
    {
        try
        {
            var graph = OnnxFile.Read(path);
            normalization ??= Known(path, catalogue);
            return Of(graph, normalization, side, features);
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException($"'{path}' is refused as a network for images: {exception.Message}", exception);
        }
    }

    /// <summary>Takes a network that is in memory.</summary>
    /// <inheritdoc cref="Read"/>
    /// <exception cref="InvalidGraphException">The graph is no such network, or does not take this side.</exception>
    public static ImageBackbone Of(Graph graph, InputNormalization normalization, int? side = null, string? features = null)
    {
        var own = OwnSize(graph, normalization);
        var part = GraphCut.Between(graph, [graph.Inputs[0].Name], [features ?? ClassifierInput.Of(graph)]);
        var trained = Pooled(part, own);
        int width = WidthOf(trained);
        var asked = side is int length ? normalization with { Height = length, Width = length } : own;
        if (side is < 1 or > LongestSide)
        {
            throw new InvalidGraphException(string.Create(CultureInfo.InvariantCulture, $"images of side {side} were asked for; a side is from 1 to {LongestSide}."));
        }

        return new ImageBackbone(asked == own ? Checked(trained, width) : ForSide(part, asked, own, width), asked, width);
    }

    /// <summary>The same network for pictures of another side.</summary>
    /// <exception cref="InvalidGraphException">It does not take this side.</exception>
    public ImageBackbone AtSide(int side) => Of(Graph, Normalization, side, Features);

    /// <summary>The same network with other weights.</summary>
    /// <param name="weights">All initializers, with the shapes they had.</param>
    public ImageBackbone WithWeights(ImmutableSortedDictionary<string, Tensor> weights) => new(Graph with { Initializers = weights }, Normalization, Width);

    private static InputNormalization Known(string path, ModelCatalogue catalogue)
    {
        string digest = ModelStore.DigestOf(path);
        return catalogue.Entries.FirstOrDefault(entry => entry.Sha256 == digest)?.Input ?? throw new ModelFileException(
            $"'{path}' is no model of the catalogue, so how its images are to be normalized is not known; add it with its 'input' to {ModelCatalogue.FileName} in the folder of models.");
    }

    /// <summary>The size that the network was made for, with its form checked.</summary>
    private static InputNormalization OwnSize(Graph graph, InputNormalization normalization)
    {
        int channels = normalization.Mean.Length;
        if (graph.Inputs.Length != 1 || graph.Inputs[0].Type is not { Element: ElementType.Float, HasRank: true, Rank: 4 } type || (type.Dimensions[1].Value ?? channels) != channels)
        {
            throw new InvalidGraphException(string.Create(
                CultureInfo.InvariantCulture,
                $"its inputs are {string.Join(", ", graph.Inputs)}; one input Float [N, {channels}, height, width] was expected."));
        }

        return normalization with { Height = type.Dimensions[2].Value ?? normalization.Height, Width = type.Dimensions[3].Value ?? normalization.Width };
    }

    private static Graph ForSide(Graph part, InputNormalization asked, InputNormalization own, int width)
    {
        try
        {
            return Checked(Pooled(part, asked), width);
        }
        catch (InvalidGraphException exception)
        {
            throw new InvalidGraphException(
                string.Create(CultureInfo.InvariantCulture, $"it does not take images of {asked.Height} x {asked.Width} pixels; use its own {own.Height} x {own.Width}. ({exception.Message})"),
                exception);
        }
    }

    /// <summary>The part with its input in this size, every shape inferred anew, and averaged over positions where its value has any.</summary>
    private static Graph Pooled(Graph part, InputNormalization size)
    {
        var type = new TensorType(ElementType.Float, [Dimension.Batch, size.Mean.Length, size.Height, size.Width]);
        var builder = GraphBuilder.From(part with { Inputs = [new Value(part.Inputs[0].Name, type)] });
        builder.ClearOutputs();
        var features = builder[part.Outputs[0].Name];
        if (features.Type is not { Element: ElementType.Float, HasRank: true, Rank: 2 or 4 })
        {
            throw new InvalidGraphException($"its features '{features.Name}' are {features.Type}; Float [N, F] or [N, F, height, width] was expected. Name another value of the network.");
        }

        builder.Output(features.Type.Rank == 2 ? features : builder.Flatten(builder.Append("GlobalAveragePool", [features])));
        return builder.Build();
    }

    private static int WidthOf(Graph graph)
    {
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions { MemoryLimit = PictureRunner.MostBytes }.WithBatch(2));
        var shape = plan.IsDataDependent ? default : plan.ShapeOf(graph.Outputs[0].Name);
        return !plan.IsDataDependent && shape.Rank == 2 && shape[0] == 2 && shape[1] > 0
            ? shape[1]
            : throw new InvalidGraphException($"its features '{graph.Outputs[0].Name}' do not have one row for each image, whatever the number of images.");
    }

    private static Graph Checked(Graph graph, int width)
    {
        int found = WidthOf(graph);
        return found == width ? graph : throw new InvalidGraphException(string.Create(CultureInfo.InvariantCulture, $"There are {found} features instead of {width}."));
    }
}
