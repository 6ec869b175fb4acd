using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MedTune.Evaluation;

namespace MedTune.Cli.Output;

/// <summary>JSON as this program writes it: indented, letters of every script as they are, numbers that are not known as null.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static string Write(JsonNode document) => TerminalText.Escaped(document.ToJsonString(Options));

    /// <summary>A number, or null for NaN and the infinities, which JSON does not have.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>A list of texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)JsonValue.Create(text))];

    /// <summary>A figure with its interval, in the form of <c>metrics.json</c>.</summary>
    public static JsonObject Estimate(Estimate estimate) => new()
    {
        ["value"] = Number(estimate.Value),
        ["low"] = Number(estimate.Low),
        ["high"] = Number(estimate.High),
        ["method"] = estimate.Method,
    };

    /// <summary>The word of an enumeration in lower case with hyphens: <c>free-text</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return string.Concat(name.Select((letter, index) =>
            char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLower(letter, CultureInfo.InvariantCulture) : letter.ToString()));
    }
}
