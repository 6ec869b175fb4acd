using System.Text;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Files;

public sealed class OnnxFileTests
{
    [Fact]
    public void ToBytes_ReadBack_IsTheSameGraph()
    {
        foreach (var graph in new[] { SampleGraphs.Tabular(), SampleGraphs.Everything() })
        {
            byte[] bytes = OnnxFile.ToBytes(graph);
            var read = OnnxFile.Read(bytes);

            Assert.Equal(graph.Name, read.Name);
            Assert.Equal(graph.Inputs.ToArray(), read.Inputs.ToArray());
            Assert.Equal(graph.Outputs.ToArray(), read.Outputs.ToArray());
            Assert.Equal(graph.Metadata, read.Metadata);
            Assert.Equal(graph.Documentation, read.Documentation);
            Assert.Equal(graph.Nodes.Select(node => node.OpType), read.Nodes.Select(node => node.OpType));
            Assert.Equal(graph.Initializers.Keys, read.Initializers.Keys);
            foreach (var (name, tensor) in graph.Initializers)
            {
                TensorAssert.Equal(tensor, read.Initializers[name]);
            }

            Assert.Equal(bytes, OnnxFile.ToBytes(read));
        }
    }

    [Fact]
    public void ToBytes_EqualGraphs_GiveEqualBytes() =>
        Assert.Equal(OnnxFile.ToBytes(SampleGraphs.Tabular()), OnnxFile.ToBytes(SampleGraphs.Tabular()));

    [Fact]
    public void Write_OverAnExistingFile_ReplacesItAndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m.onnx"), "old");

        OnnxFile.Write(SampleGraphs.Tabular(), folder.File("m.onnx"));

        Assert.Equal(OnnxFile.ToBytes(SampleGraphs.Tabular()), File.ReadAllBytes(folder.File("m.onnx")));
        Assert.Equal(["m.onnx"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        Assert.Equal("tabular", OnnxFile.Read(folder.File("m.onnx")).Name);
    }

    [Fact]
    public void Write_GradientNodes_AreRefusedAndTheOldFileStays()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m.onnx"), "old");
        var builder = new GraphBuilder("g");
        var x = builder.Input("x", ElementType.Float, "N", 2);
        builder.Output(builder.Append("SumTo", [x, x], domain: "medtune"));

        Assert.Throws<InvalidGraphException>(() => OnnxFile.Write(builder.Build(), folder.File("m.onnx")));
        Assert.Equal("old", File.ReadAllText(folder.File("m.onnx")));
    }

    [Fact]
    public void Read_InitializersListedAsInputs_AreNoInputs()
    {
        var model = new TestModel { IrVersion = 3, Opset = 9 };
        model.Input("x", ElementType.Float, 2).Input("w", ElementType.Float, 2).Initializer("w", Tensor.Vector(1f, 2f));
        model.Node("Add", ["x", "w"], ["y"]).Output("y", ElementType.Float, 2);

        var graph = OnnxFile.Read(model.ToBytes());

        Assert.Equal(["x"], graph.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Read_UnsortedNodes_AreSorted()
    {
        var model = new TestModel();
        model.Input("x", ElementType.Float, 2).Node("Relu", ["h"], ["y"]).Node("Identity", ["x"], ["h"]).Output("y", ElementType.Float, 2);

        Assert.Equal(["Identity", "Relu"], OnnxFile.Read(model.ToBytes()).Nodes.Select(node => node.OpType));
    }

    [Fact]
    public void Read_OldFormOfAxes_KeepsClearOfNamesThatComeLater()
    {
        var model = new TestModel { Opset = 11 };
        model.Input("x", ElementType.Float, 2).Node("Unsqueeze", ["x"], ["h"], Attributes.None.With("axes", new long[] { 0 }))
            .Node("Identity", ["h"], ["axes_0"]).Output("axes_0", ElementType.Float, 1, 2);

        var graph = OnnxFile.Read(model.ToBytes());

        Assert.Equal("axes_0", graph.Outputs[0].Name);
        Assert.Equal([0L], [.. graph.Nodes.Single(node => node.OpType == "Unsqueeze").Inputs.Skip(1).Select(name => graph.Initializers[name].Values<long>()[0])]);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(23, true)]
    [InlineData(0, false)]
    [InlineData(24, false)]
    public void Read_Opset_IsCheckedAgainstWhatIsKnown(int opset, bool isRead)
    {
        var model = new TestModel { Opset = opset };
        model.Input("x", ElementType.Float, 2).Node("Identity", ["x"], ["y"]).Output("y", ElementType.Float, 2);

        AssertRead(isRead, model.ToBytes(), "operator set");
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(11, true)]
    [InlineData(2, false)]
    [InlineData(12, false)]
    public void Read_IrVersion_IsCheckedAgainstWhatIsKnown(int version, bool isRead)
    {
        var model = new TestModel { IrVersion = version };
        model.Input("x", ElementType.Float, 2).Node("Identity", ["x"], ["y"]).Output("y", ElementType.Float, 2);

        AssertRead(isRead, model.ToBytes(), "IR version");
    }

    [Fact]
    public void Read_MissingFile_SaysSo()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("no file", Assert.Throws<InvalidGraphException>(() => OnnxFile.Read(folder.File("none.onnx"))).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<InvalidGraphException>(() => OnnxFile.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("age,sex\n63,1\n")]
    [InlineData("<html><body>404</body></html>")]
    public void Read_OtherFiles_AreRefusedInOneSentence(string content)
    {
        string message = Assert.Throws<InvalidGraphException>(() => OnnxFile.Read(Encoding.UTF8.GetBytes(content))).Message;

        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Read_FromAStreamThatCannotSeek_Works()
    {
        byte[] bytes = OnnxFile.ToBytes(SampleGraphs.Tabular());
        using var pipe = new System.IO.Compression.BrotliStream(new MemoryStream(Compress(bytes)), System.IO.Compression.CompressionMode.Decompress);

        Assert.Equal("tabular", OnnxFile.Read(pipe).Name);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(target, System.IO.Compression.CompressionLevel.Fastest))
        {
            brotli.Write(bytes);
        }

        return target.ToArray();
    }

    private static void AssertRead(bool isRead, byte[] bytes, string reason)
    {
        if (isRead)
        {
            Assert.Single(OnnxFile.Read(bytes).Nodes);
        }
        else
        {
            Assert.Contains(reason, Assert.Throws<InvalidGraphException>(() => OnnxFile.Read(bytes)).Message, StringComparison.Ordinal);
        }
    }
}
