using System.Collections.Immutable;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>The weights of a model as a safetensors file, for programs that build the network themselves.</summary>
public static class ModelWeights
{
    /// <summary>Writes every numeric initializer of the model's graph under its own name, and the manifest as metadata.</summary>
    /// <remarks>The file appears whole or not at all. Levels of categories are texts and stay in the manifest.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    public static void Save(ModelFile model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var tensors = model.Graph.Initializers
            .Where(pair => pair.Value.Type != ElementType.String)
            .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var metadata = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("format", "onnx")
            .Add(Manifest.MetadataKey, ManifestJson.Write(model.Manifest));
        SafetensorsFile.Write(path, tensors, metadata);
    }
}
