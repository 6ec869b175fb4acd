using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedTune.Prediction;

/// <summary>The manifest's JSON form, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    public static string Write(Manifest manifest) => JsonSerializer.Serialize(manifest, Default.Manifest);

    public static Manifest Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.Manifest)
                ?? throw new ModelFileException("The model file's manifest is empty; the file was not written by MedTune.");
        }
        catch (JsonException exception)
        {
            throw new ModelFileException("The model file's manifest cannot be read; the file is damaged or comes from another version.", exception);
        }
    }
}
