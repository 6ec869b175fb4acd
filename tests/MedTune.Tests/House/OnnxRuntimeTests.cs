using System.Text;
using Xunit.Abstractions;

namespace MedTune.Tests.House;

/// <summary>The other runtime answers what it must for a model written down byte by byte, so that comparisons with it mean something.</summary>
public sealed class OnnxRuntimeTests(ITestOutputHelper output)
{
    [Fact]
    public void Run_AddOfTwoInputs_GivesTheSumAndKeepsNaN()
    {
        if (!OnnxRuntime.IsAvailable)
        {
            output.WriteLine("Left out: Node.js with onnxruntime-node is not installed (tests/Tools/OnnxRuntime: npm ci --ignore-scripts).");
            return;
        }

        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["add.onnx"], AddModel());
        IReadOnlyDictionary<string, OnnxRuntime.OnnxTensor> outputs = OnnxRuntime.Run(folder["add.onnx"], new Dictionary<string, OnnxRuntime.OnnxTensor>
        {
            ["x"] = OnnxRuntime.OnnxTensor.Of([2, 2], 1f, 2f, float.NaN, float.PositiveInfinity),
            ["y"] = OnnxRuntime.OnnxTensor.Of([2, 2], 0.5f, -2f, 1f, 1f),
        });
        Assert.Equal([2, 2], outputs["z"].Shape);
        Assert.Equal([1.5, 0, double.NaN, double.PositiveInfinity], outputs["z"].Numbers);
    }

    // ModelProto: ir_version 1, graph 7, opset_import 8. GraphProto: node 1, name 2, input 11, output 12. All from onnx.proto.
    private static byte[] AddModel()
    {
        byte[] node = [.. Text(1, "x"), .. Text(1, "y"), .. Text(2, "z"), .. Text(4, "Add")];
        byte[] graph = [.. Bytes(1, node), .. Text(2, "add"), .. Bytes(11, Matrix("x")), .. Bytes(11, Matrix("y")), .. Bytes(12, Matrix("z"))];
        return [8, 8, .. Bytes(7, graph), .. Bytes(8, [16, 18])];
    }

    // ValueInfoProto of a float matrix [2, 2]: type 2 > tensor_type 1 > elem_type 1 = 1, shape 2 > two dimensions 1 > dim_value 1.
    private static byte[] Matrix(string name)
    {
        byte[] extent = Bytes(1, [8, 2]);
        return [.. Text(1, name), .. Bytes(2, Bytes(1, [8, 1, .. Bytes(2, [.. extent, .. extent])]))];
    }

    private static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    // A length-delimited field shorter than 128 bytes.
    private static byte[] Bytes(int field, byte[] content) => [(byte)((field << 3) | 2), (byte)content.Length, .. content];
}
