using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

/// <summary>Outputs computed outside this project (tests/TestData/Graphs/README.md), by operator and case.</summary>
internal static class GoldenValues
{
    public static string Folder { get; } = Find();

    public static string FileOf(Operator op) =>
        Path.Combine(Folder, "Golden", (op.Domain.Length == 0 ? op.Name : $"{op.Domain}.{op.Name}") + ".json");

    /// <summary>The expected outputs of a case, each a shape and numbers or strings; null when none are stored for these inputs.</summary>
    public static JsonArray? For(Operator op, OperatorCase sample)
    {
        string file = FileOf(op);
        var entry = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))![sample.Name] : null;
        return entry is not null && (string)entry["inputs"]! == Digest(sample) ? entry["outputs"]!.AsArray() : null;
    }

    /// <summary>A number as the golden files write it.</summary>
    public static double Number(JsonNode node) => node.GetValueKind() == JsonValueKind.String
        ? double.Parse((string)node!, CultureInfo.InvariantCulture)
        : (double)node;

    /// <summary>Names inputs and attributes exactly, so that golden values of other inputs are not taken for these.</summary>
    public static string Digest(OperatorCase sample) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Describe(sample).ToJsonString())))[..16];

    /// <summary>A case for the script that computes golden values.</summary>
    public static JsonObject Describe(OperatorCase sample)
    {
        var attributes = new JsonObject();
        foreach (var (name, value) in sample.Attributes)
        {
            attributes[name] = value switch
            {
                long number => number,
                float number when !float.IsFinite(number) => Json(number),
                float number => number,
                string text => text,
                Tensor tensor => Describe(tensor),
                IEnumerable<long> numbers => new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]),
                IEnumerable<float> numbers => new JsonArray([.. numbers.Select(number => Json(number))]),
                IEnumerable<string> texts => new JsonArray([.. texts.Select(text => JsonValue.Create(text))]),
                _ => throw new NotSupportedException(),
            };
        }

        return new JsonObject
        {
            ["attributes"] = attributes,
            ["outputs"] = sample.Outputs,
            ["inputs"] = new JsonArray([.. sample.Inputs.Select(input => input is null ? null : Describe(input))]),
        };
    }

    private static JsonObject Describe(Tensor tensor) => new()
    {
        ["type"] = tensor.Type.ToString(),
        ["shape"] = new JsonArray([.. tensor.Shape.Extents.ToArray().Select(extent => JsonValue.Create(extent))]),
        ["values"] = tensor is Tensor<string> text
            ? new JsonArray([.. text.Values.ToArray().Select(value => JsonValue.Create(value))])
            : new JsonArray([.. CaseRun.Numbers(tensor).Select(Json)]),
    };

    private static JsonNode Json(double value) => double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    private static JsonNode Json(float value) => Json((double)value);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "TestData", "Graphs");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"tests/TestData/Graphs was not found above {AppContext.BaseDirectory}.");
    }
}
