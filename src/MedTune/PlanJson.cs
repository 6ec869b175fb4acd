using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace MedTune;

/// <summary>The plan's JSON form, generated at build time.</summary>
[JsonSerializable(typeof(Plan))]
internal sealed partial class PlanJson : JsonSerializerContext
{
    private static readonly PlanJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,

        // Plans are read by people: column names in any script stand there as they are.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    public static string Write(Plan plan) => JsonSerializer.Serialize(plan, Readable.Plan) + "\n";

    /// <summary>Reads a plan that a person may have edited.</summary>
    /// <exception cref="PlanException">The text is no plan; the message says where.</exception>
    public static Plan Read(string json, string path)
    {
        try
        {
            var plan = JsonSerializer.Deserialize(json, Readable.Plan) ?? throw new PlanException($"The plan '{path}' is empty.");
            bool lacksLists = plan.Columns.IsDefault || plan.Models.IsDefault || plan.Penalties.IsDefault || plan.HiddenUnits.IsDefault || plan.Accepted.IsDefault;
            return lacksLists ? throw new PlanException($"The plan '{path}' lacks entries; compare it with a plan.json that medtune train wrote.") : plan;
        }
        catch (JsonException exception)
        {
            throw new PlanException(
                $"The plan '{path}' cannot be read at line {exception.LineNumber + 1}{(exception.Path is { Length: > 2 } where ? $" ({where})" : "")}; compare it with a plan.json that medtune train wrote.",
                exception);
        }
    }
}
