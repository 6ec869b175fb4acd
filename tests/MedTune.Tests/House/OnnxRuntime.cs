using System.Globalization;
using System.Text.Json.Nodes;

namespace MedTune.Tests.House;

/// <summary>Runs ONNX files with ONNX Runtime, an implementation that is not ours (tests/Tools/OnnxRuntime says how to install it).</summary>
internal static class OnnxRuntime
{
    private static readonly string Folder = Repository.PathOf("tests/Tools/OnnxRuntime");

    private static readonly Lazy<bool> Available = new(FindNode);

    /// <summary>Whether Node.js and the package are installed; where not, a test says that it left the comparison out.</summary>
    public static bool IsAvailable => Available.Value;

    /// <summary>The outputs of a model file for these inputs, by name.</summary>
    public static IReadOnlyDictionary<string, OnnxTensor> Run(string modelPath, IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        JsonObject request = [];
        foreach ((string name, OnnxTensor tensor) in inputs)
        {
            request[name] = tensor.ToJson();
        }

        ChildProcess.Outcome outcome = ChildProcess.Run("node", ["run.mjs", Path.GetFullPath(modelPath)], Folder, input: request.ToJsonString()).Expect(0);
        return JsonNode.Parse(outcome.Output)!.AsObject().ToDictionary(pair => pair.Key, pair => OnnxTensor.Parse(pair.Value!), StringComparer.Ordinal);
    }

    private static bool FindNode()
    {
        try
        {
            return (Directory.Exists(Path.Combine(Folder, "node_modules", "onnxruntime-node")) || Install())
                && ChildProcess.Run("node", ["--version"], Folder).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no Node.js on this machine
        }
    }

    /// <summary>Tries once, and gives up soon where there is no network: the comparison is then left out.</summary>
    private static bool Install()
    {
        try
        {
            string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=30000"];
            return ChildProcess.Run(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments, Folder, limit: TimeSpan.FromMinutes(2)).ExitCode == 0;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>A tensor as it goes to the tool and comes back: numbers (float32, int64) or texts (string), row-major.</summary>
    internal sealed record OnnxTensor(string Type, long[] Shape, double[] Numbers, string[] Texts)
    {
        public static OnnxTensor Of(long[] shape, params float[] values) => new("float32", shape, [.. values.Select(value => (double)value)], []);

        public static OnnxTensor Of(long[] shape, params long[] values) => new("int64", shape, [.. values.Select(value => (double)value)], []);

        public static OnnxTensor Of(long[] shape, params string[] values) => new("string", shape, [], values);

        public JsonObject ToJson() => new()
        {
            ["type"] = Type,
            ["shape"] = new JsonArray([.. Shape.Select(extent => (JsonNode)extent)]),
            ["values"] = new JsonArray([.. Type == "string" ? Texts.Select(text => (JsonNode?)text) : Numbers.Select(ToJson)]),
        };

        public static OnnxTensor Parse(JsonNode node)
        {
            string type = (string)node["type"]!;
            JsonArray values = node["values"]!.AsArray();
            return new OnnxTensor(
                type,
                [.. node["shape"]!.AsArray().Select(extent => (long)extent!)],
                type == "string" ? [] : [.. values.Select(ToNumber)],
                type == "string" ? [.. values.Select(value => (string)value!)] : []);
        }

        private static JsonNode? ToJson(double value) => value switch
        {
            double.NaN => null,
            double.PositiveInfinity => "inf",
            double.NegativeInfinity => "-inf",
            _ => value,
        };

        private static double ToNumber(JsonNode? value) => value?.ToJsonString() switch
        {
            null => double.NaN,
            "\"inf\"" => double.PositiveInfinity,
            "\"-inf\"" => double.NegativeInfinity,
            "true" => 1,
            "false" => 0,
            string text => double.Parse(text, CultureInfo.InvariantCulture),
        };
    }
}
