using System.Text.Json.Serialization;

namespace MedTune.Modalities.Genes;

/// <summary>How a pretraining is written down.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DnaPretrainingResult))]
internal sealed partial class PretrainingJson : JsonSerializerContext;
