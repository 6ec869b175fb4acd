using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace MedTune;

/// <summary>The JSON forms of what a run folder holds, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(LedgerEntry))]
internal sealed partial class RunJson : JsonSerializerContext
{
    /// <summary>Indented, with every script as it is.</summary>
    public static RunJson Readable { get; } = new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <summary>One line per value.</summary>
    public static RunJson Lines { get; } = new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = false,
    });
}
