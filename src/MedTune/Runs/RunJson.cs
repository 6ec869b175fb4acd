using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace MedTune;

/// <summary>The JSON forms of what a run folder holds, generated at build time.</summary>
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(LedgerEntry))]
internal sealed partial class RunJson : JsonSerializerContext
{
    /// <summary>Indented, with every script as it is.</summary>
    public static RunJson Readable { get; } = new(OptionsFor(indented: true));

    /// <summary>One line per value.</summary>
    public static RunJson Lines { get; } = new(OptionsFor(indented: false));

    private static JsonSerializerOptions OptionsFor(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = indented,
        RespectNullableAnnotations = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };
}
