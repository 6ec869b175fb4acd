using System.Text;
using MedTune.Cli;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Files;
using ModelManifest = MedTune.Prediction.Manifest;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Model files that are no model, are damaged, or were made to harm; given to predict or to <c>--from</c>.</summary>
internal static class ModelFiles
{
    private const int Mutations = 24;

    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Place("file that is not there", "@gone.onnx"),
        Place("folder without a model", "@."),
        Place("no name at all", ""),
        Place("device that never ends", "/dev/zero"),
        Place("table in place of the model", "@good.csv"),
        Bytes("empty file", _ => []),
        Bytes("text", _ => "this is no model\n"u8.ToArray()),
        Bytes("noise", _ => Noise(4000)),
        Bytes("cut to one byte", model => model[..1]),
        Bytes("cut in the middle", model => model[..(model.Length / 2)]),
        Bytes("cut near the end", model => model[..^1]),
        Bytes("a length of two thousand million", model => [0x3A, 0x80, 0x94, 0xEB, 0xDC, 0x07, .. model[..20]]),
        Bytes("a number that never ends", _ => [0x08, .. Enumerable.Repeat((byte)0xFF, 400)]),
        Bytes("twice the same model", model => [.. model, .. model]),
        Bytes("gzipped", BrokenFolder.Gzip),
        Graph("ONNX without a manifest", new TestModel().Input("x", ElementType.Float, 2).Node("Relu", ["x"], ["y"]).Output("y", ElementType.Float, 2), hasManifest: false),
        Graph("huge input", new TestModel().Input("x", ElementType.Float, long.MaxValue).Node("Relu", ["x"], ["y"]).Output("y", ElementType.Float, 2)),
        Graph("huge initializer without values", Sum().Raw(OnnxFields.Graph.Initializer, Initializer((OnnxFields.Tensor.Dims, 2_000_000_000)))),
        Graph("initializer of negative extent", Sum().Raw(OnnxFields.Graph.Initializer, Initializer((OnnxFields.Tensor.Dims, -1)))),
        Graph("initializer missing", Sum()),
        Graph("cycle", new TestModel().Input("x", ElementType.Float, 2).Node("Add", ["x", "b"], ["a"]).Node("Relu", ["a"], ["b"]).Output("b", ElementType.Float, 2)),
        Graph("unknown operator", new TestModel().Input("x", ElementType.Float, 2).Node("Exec", ["x"], ["y"]).Output("y", ElementType.Float, 2)),
        Graph("another runtime's operator", new TestModel().Input("x", ElementType.Float, 2).Node("Gelu", ["x"], ["y"], domain: "com.microsoft").Output("y", ElementType.Float, 2)),
        Graph("opset of the future", new TestModel { Opset = 9999 }.Input("x", ElementType.Float, 2).Node("Relu", ["x"], ["y"]).Output("y", ElementType.Float, 2)),
        Graph("external data beside the model", Sum().Raw(OnnxFields.Graph.Initializer, External("weights.bin"))),
        Graph("external data outside the folder", Sum().Raw(OnnxFields.Graph.Initializer, External("../../../../etc/passwd"))),
        Graph("external data at a fixed place", Sum().Raw(OnnxFields.Graph.Initializer, External("/etc/passwd"))),
        Graph("a manifest and another graph", new TestModel().Input("x", ElementType.Float, 2).Node("Relu", ["x"], ["y"]).Output("y", ElementType.Float, 2)),
        Manifest("manifest that is no JSON", _ => "{"),
        Manifest("manifest that is null", _ => "null"),
        Manifest("manifest of nothing", _ => "{}"),
        Manifest("manifest nested without end", _ => string.Concat(Enumerable.Repeat("{\"a\":", 5000))),
        Manifest("manifest of a later form", json => Replaced(json, "\"format\": 1", "\"format\": 7", "\"format\":1", "\"format\":7")),
        Manifest("manifest with other columns", json => json.Replace("\"age\"", "\"weight\"", StringComparison.Ordinal)),
        Manifest("manifest with columns of null", json => Cut(json, "\"columns\"", "null")),
        Manifest("manifest with one class", json => Cut(json, "\"classes\"", "[\"0\"]")),
        Manifest("manifest with empty classes", json => Cut(json, "\"classes\"", "[null,null]")),
        Manifest("manifest with a threshold of two", json => Number(json, "\"threshold\"", "2")),
        .. Enumerable.Range(0, Mutations).Select(i => Bytes($"changed by chance, {i + 1}", model => Fuzzing.Mutate(model, new Random(4000 + i))) with { Or = ExitCode.Done }),
        .. Enumerable.Range(0, Mutations).Select(i => Bytes($"changed in its meaning, {i + 1}", model => WireTree.Mutate(model, new Random(5000 + i))) with { Or = ExitCode.Done }),
        From("--from that is not there", ExitCode.ModelRefused, "@gone.onnx", folder => folder.Good()),
        From("--from a table", ExitCode.ModelRefused, "@good.csv", folder => folder.Good()),
        From("--from a model cut in the middle", ExitCode.ModelRefused, "@model.onnx", folder => folder.Bytes("model.onnx", folder.Model()[..2000])),
        From("--from an empty name", ExitCode.ModelRefused, "", folder => folder.Good()),
        From("--from a model of other columns", ExitCode.DataRefused, "@model.onnx", folder =>
        {
            folder.Model();
            folder.Edit("good.csv", "name,age,marker", "name,years,marker");
        }),
        From("--from a model of other classes", ExitCode.DataRefused, "@model.onnx", folder =>
        {
            folder.Model();
            folder.Text("good.csv", BrokenFolder.Patients(outcome: i => i % 3 == 0 ? "alive" : "dead"));
        }),
        From("--from a model whose column holds words here", ExitCode.DataRefused, "@model.onnx", folder =>
        {
            folder.Model();
            folder.Text("good.csv", BrokenFolder.TableOf("name,age,marker,sex,died", 80, i => $"x{i},{BrokenFolder.Canary}{i},1.5,m,{BrokenFolder.Outcome(i)}"));
        }),
    ];

    private static BrokenInput Place(string name, string path) => new(name, ExitCode.ModelRefused, ["predict", path, "@good.csv", "-o", "@out.csv"], folder => folder.Good());

    private static BrokenInput Bytes(string name, Func<byte[], byte[]> change) => new(
        name, ExitCode.ModelRefused, ["predict", "@model.onnx", "@good.csv", "-o", "@out.csv"], folder => folder.Bytes("model.onnx", change(folder.Model())))
    {
        Leaves = ["out.csv"],
    };

    private static BrokenInput Graph(string name, TestModel graph, bool hasManifest = true) => Bytes(name, model => hasManifest
        ? [.. graph.ToBytes(), .. Metadata(OnnxFile.Read(model).Metadata[ModelManifest.MetadataKey])]
        : graph.ToBytes());

    private static BrokenInput Manifest(string name, Func<string, string> change) => Bytes(name, model =>
    {
        var graph = OnnxFile.Read(model);
        return OnnxFile.ToBytes(graph.WithMetadata(ModelManifest.MetadataKey, change(graph.Metadata[ModelManifest.MetadataKey])));
    });

    private static BrokenInput From(string name, ExitCode code, string model, Action<BrokenFolder> prepare) => new(
        name, code, ["train", "@good.csv", "--target", "died", "--from", model, "--out", "@out"], prepare);

    private static byte[] Metadata(string manifest) => TestModel.Bytes(TestModel.Message(
        (OnnxFields.Model.MetadataProps, TestModel.Message((OnnxFields.Entry.Key, ModelManifest.MetadataKey), (OnnxFields.Entry.Value, manifest)))));

    private static TestModel Sum() => new TestModel().Input("x", ElementType.Float, 2).Node("Add", ["x", "w"], ["y"]).Output("y", ElementType.Float, 2);

    private static WireMessage Initializer(params (int Field, object Value)[] fields) => TestModel.Message(
        [(OnnxFields.Tensor.Name, "w"), (OnnxFields.Tensor.DataType, (int)ElementType.Float), .. fields]);

    private static WireMessage External(string location) => Initializer(
        (OnnxFields.Tensor.Dims, 2),
        (OnnxFields.Tensor.ExternalData, TestModel.Message((OnnxFields.Entry.Key, "location"), (OnnxFields.Entry.Value, location))),
        (OnnxFields.Tensor.DataLocation, 1));

    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(17).NextBytes(noise);
        return noise;
    }

    private static string Replaced(string json, params string[] pairs)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            json = json.Replace(pairs[i], pairs[i + 1], StringComparison.Ordinal);
        }

        return json;
    }

    /// <summary>Puts another value in place of a list.</summary>
    private static string Cut(string json, string key, string value)
    {
        int start = json.IndexOf('[', json.IndexOf(key, StringComparison.Ordinal));
        int depth = 0;
        int end = start;
        do
        {
            depth += json[end] == '[' ? 1 : json[end] == ']' ? -1 : 0;
            end++;
        }
        while (depth > 0);
        return new StringBuilder(json).Remove(start, end - start).Insert(start, value).ToString();
    }

    private static string Number(string json, string key, string value)
    {
        int start = json.IndexOf(':', json.IndexOf(key, StringComparison.Ordinal)) + 1;
        int end = json.IndexOfAny([',', '}', '\n'], start);
        return string.Concat(json.AsSpan(0, start), value, json.AsSpan(end));
    }
}
