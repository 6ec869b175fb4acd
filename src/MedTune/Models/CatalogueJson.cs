using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedTune;

/// <summary>The JSON form of a catalogue file, generated at build time. What a file says beyond it is an error: a misspelt key would be lost silently.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(CatalogueFile))]
internal sealed partial class CatalogueJson : JsonSerializerContext;

/// <summary>A catalogue file.</summary>
/// <param name="Models">Its models.</param>
internal sealed record CatalogueFile(ImmutableArray<CatalogueEntry> Models);
