using System.Collections.Immutable;
using System.Security.Cryptography;
using MedTune.Graphs;
using MedTune.Graphs.Files;

namespace MedTune.Prediction;

/// <summary>A model as it is stored: one ONNX file whose graph takes raw columns and answers calibrated probabilities, with its manifest.</summary>
public sealed class ModelFile
{
    /// <summary>The graph output with one probability per class, Float [N, classes].</summary>
    public const string ProbabilitiesOutput = "probabilities";

    /// <summary>The initializer that calibration multiplies margins by; absent from graphs without calibration.</summary>
    internal const string CalibrationSlope = "calibration/slope";

    private readonly byte[] _bytes;

    private ModelFile(byte[] bytes, Graph graph, Manifest manifest)
    {
        _bytes = bytes;
        Graph = graph;
        Manifest = manifest;
        Digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>What the file says about itself.</summary>
    public Manifest Manifest { get; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Digest { get; }

    internal Graph Graph { get; }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="ModelFileException">The file is missing, damaged, no ONNX, or was not made by MedTune.</exception>
    public static ModelFile Load(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ModelFileException("No model file was named; give the path of a model.onnx or of a run folder.");
        }

        if (Directory.Exists(path))
        {
            path = Path.Combine(path, "model.onnx");
        }

        if (!File.Exists(path))
        {
            throw new ModelFileException($"There is no model file '{path}'; give the path of a model.onnx or of a run folder.");
        }

        byte[] bytes;
        try
        {
            if (new FileInfo(path).Length == 0)
            {
                throw new ModelFileException($"'{path}' is refused as a model file: it is empty, or no file of a fixed length.");
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"The model file '{path}' cannot be read: check that it is a file you may open.", exception);
        }

        try
        {
            return FromBytes(bytes);
        }
        catch (ModelFileException exception)
        {
            throw new ModelFileException($"'{path}' is refused as a model file: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a model file that is in memory.</summary>
    /// <exception cref="ModelFileException">The bytes are no ONNX model of MedTune.</exception>
    public static ModelFile FromBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        Graph graph;
        try
        {
            graph = OnnxFile.Read(bytes);
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException(exception.Message, exception);
        }

        if (!graph.Metadata.TryGetValue(Manifest.MetadataKey, out string? json))
        {
            throw new ModelFileException("it is an ONNX model without MedTune's manifest, so its columns and classes are not known; give a model.onnx that medtune train wrote.");
        }

        var manifest = ManifestJson.Read(json);
        ManifestCheck.Throw(manifest, graph);
        return new ModelFile(bytes, graph, manifest);
    }

    /// <summary>Writes the file under a temporary name and renames it, so that no half-written model is ever seen.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => stream.Write(_bytes));
    }

    /// <summary>Puts a graph and its manifest together.</summary>
    internal static ModelFile Create(Graph graph, Manifest manifest, ImmutableArray<ulong> trainingRows)
    {
        var complete = graph
            .WithMetadata(Manifest.MetadataKey, ManifestJson.Write(manifest))
            .WithMetadata(TrainingRows.MetadataKey, TrainingRows.ToText(trainingRows));
        byte[] bytes = OnnxFile.ToBytes(complete);

        // What is handed on is what the file holds, so the file is read back before anybody uses the model.
        return FromBytes(bytes);
    }
}
