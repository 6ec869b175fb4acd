using System.Security.Cryptography;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Modalities.Images;
using MedTune.Prediction;

namespace MedTune;

/// <summary>A network to fine-tune to pictures: an ONNX file of the catalogue, or the model of an earlier run on pictures.</summary>
public sealed class PretrainedNetwork
{
    private readonly byte[] _bytes;

    private PretrainedNetwork(byte[] bytes, string name, Graph graph, InputNormalization normalization, string? features, ModelFile? parent)
    {
        (_bytes, Name, Graph, Normalization, FeaturesValue, Parent) = (bytes, name, graph, normalization, features, parent);
        Digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>Its name in the catalogue, or <c>model</c> for the model of an earlier run.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>From normalized images on.</summary>
    internal Graph Graph { get; }

    /// <summary>What it expects of an image.</summary>
    internal InputNormalization Normalization { get; }

    /// <summary>The value that holds its features; null for what the last linear layer reads.</summary>
    internal string? FeaturesValue { get; }

    /// <summary>The model of an earlier run that it is taken from; null for a network of the catalogue.</summary>
    internal ModelFile? Parent { get; }

    /// <summary>Reads a network.</summary>
    /// <param name="path">An ONNX file, a run folder, or the name of a network in the catalogue that was fetched.</param>
    /// <param name="catalogue">Where its normalization is looked up by its digest; by default what ships with MedTune and the user's own.</param>
    /// <exception cref="ModelFileException">It is missing, damaged, no network for pictures, or not known.</exception>
    public static PretrainedNetwork Load(string path, ModelCatalogue? catalogue = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var store = new ModelStore();
        catalogue ??= ModelCatalogue.With(Path.Combine(store.Folder, ModelCatalogue.FileName), isRequired: false);
        string file = Directory.Exists(path) ? Path.Combine(path, RunFolder.ModelFileName) : path;
        if (!File.Exists(file) && catalogue.Entries.FirstOrDefault(entry => entry.Name == path) is { } named)
        {
            file = store.PathOf(named);
            if (!File.Exists(file))
            {
                throw new ModelFileException($"The network '{path}' is in the catalogue, but was not fetched yet; 'medtune models pull {path}' fetches it.");
            }
        }

        return Read(file, path, bytes => Of(bytes, catalogue));
    }

    /// <summary>Reads a network whose name and normalization were written down.</summary>
    /// <exception cref="ModelFileException">It is missing or damaged.</exception>
    internal static PretrainedNetwork Load(string path, string name, InputNormalization? normalization) => Read(path, path, bytes =>
        OnnxFile.Read(bytes) is var graph && !graph.Metadata.ContainsKey(Manifest.MetadataKey)
            ? new PretrainedNetwork(bytes, name, graph, normalization ?? throw new ModelFileException("the plan does not say how its images are to be normalized."), null, null)
            : OfModel(bytes));

    /// <summary>The network up to its features.</summary>
    /// <param name="plan">Side, features and pooling.</param>
    /// <exception cref="ModelFileException">It does not take pictures of this size, or does not have such features.</exception>
    internal ImageBackbone BackboneOf(ImagePlan plan)
    {
        try
        {
            var backbone = ImageBackbone.Of(Graph, Normalization, plan.Side > 0 ? plan.Side : null, plan.Features.Length > 0 ? plan.Features : FeaturesValue);
            return plan.Pooling == ImagePlan.MaxPooling ? FeaturePooling.MeanAndMax(backbone) : backbone;
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException($"The network '{Name}' is refused: {exception.Message}", exception);
        }
    }

    /// <summary>Whether it takes pictures of this side.</summary>
    internal bool Takes(int side)
    {
        try
        {
            return BackboneOf(new ImagePlan { Side = side }).Width > 0;
        }
        catch (ModelFileException)
        {
            return false;
        }
    }

    /// <summary>Writes the file as it was read.</summary>
    internal void Save(string path) => AtomicFile.Write(path, stream => stream.Write(_bytes));

    private static PretrainedNetwork Read(string file, string path, Func<byte[], PretrainedNetwork> take)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"The network '{path}' cannot be read; give an ONNX file, a run folder, or a name that 'medtune models list' shows.", exception);
        }

        try
        {
            return take(bytes);
        }
        catch (Exception exception) when (exception is InvalidGraphException or ModelFileException)
        {
            throw new ModelFileException($"'{path}' is refused as a network for pictures: {exception.Message}", exception);
        }
    }

    private static PretrainedNetwork Of(byte[] bytes, ModelCatalogue catalogue)
    {
        var graph = OnnxFile.Read(bytes);
        if (graph.Metadata.ContainsKey(Manifest.MetadataKey))
        {
            return OfModel(bytes);
        }

        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var entry = catalogue.Entries.FirstOrDefault(known => known.Sha256 == digest);
        return entry?.Input is { } normalization
            ? new PretrainedNetwork(bytes, entry.Name, graph, normalization, null, null)
            : throw new ModelFileException(
                $"it is not in the catalogue, so how its images are to be normalized is not known; add it with its 'input' to {ModelCatalogue.FileName} in the folder of models.");
    }

    private static PretrainedNetwork OfModel(byte[] bytes)
    {
        var model = ModelFile.FromBytes(bytes);
        var image = model.Manifest.Image ?? throw new ModelFileException("it is a model for tables; give the model of a run on pictures.");
        bool hasViews = image.Features == SingleView.Features;
        string features = hasViews ? SingleView.FeaturesOf(model.Graph) : image.Features;
        var network = GraphCut.Between(model.Graph, [hasViews ? SingleView.Images : image.Resized], [features]);
        return new PretrainedNetwork(
            bytes, "model", network, new InputNormalization(image.Order, image.Mean, image.Deviation, image.Height, image.Width), features, model);
    }
}
