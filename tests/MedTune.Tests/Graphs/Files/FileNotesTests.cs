using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Files;

/// <summary>What a file says beside the computation comes out of an export again: declared types of inner values, texts for people.</summary>
public sealed class FileNotesTests
{
    [Fact]
    public void Export_OfAFileWithTexts_StillHasThem()
    {
        byte[] exported = Exported(OnnxFile.Read(File()));

        Assert.Contains("what comes in", Texts(exported), StringComparison.Ordinal);
        Assert.Contains("measured in 2020", Texts(exported), StringComparison.Ordinal);
        Assert.Contains("hidden layer", Texts(exported), StringComparison.Ordinal);
        Assert.Contains("rows_of_h", Texts(exported), StringComparison.Ordinal);
        Assert.Equal(exported, Exported(OnnxFile.Read(exported)));
    }

    [Fact]
    public void Export_WithANewHead_LeavesOutWhatIsGone()
    {
        var graph = NewHead.On(OnnxFile.Read(File()), "x", (builder, x) => builder.Sigmoid(x));

        Assert.DoesNotContain("rows_of_h", Texts(OnnxFile.ToBytes(graph)), StringComparison.Ordinal);
        Assert.Contains("what comes in", Texts(OnnxFile.ToBytes(graph)), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InnerValueOfAnUnknownType_IsNoReasonToRefuse()
    {
        var map = TestModel.Message((OnnxFields.Type.Map, TestModel.Message()));
        byte[] file = Model().Input("x", ElementType.Float, 2).Initializer("w", Tensor.Vector(1f, 2f)).Raw(OnnxFields.Graph.ValueType, TestModel.Message((OnnxFields.ValueType.Name, "h"), (OnnxFields.ValueType.Type, map))).ToBytes();

        Assert.Single(OnnxFile.Read(file).Outputs);
    }

    private static byte[] Exported(Graph graph)
    {
        var model = TrainableModel.Of(graph);
        return OnnxFile.ToBytes(model.Export([KeyValuePair.Create<string, Tensor>("w", Tensor.Vector(2f, 3f))]));
    }

    private static string Texts(byte[] file) => System.Text.Encoding.Latin1.GetString(file);

    private static TestModel Model() => new TestModel { Opset = 13 }
        .Node("Mul", ["x", "w"], ["h"])
        .Node("Relu", ["h"], ["y"])
        .Output("y", ElementType.Float, 2);

    private static byte[] File()
    {
        var input = TestModel.ValueOf("x", ElementType.Float, 2);
        input.AddText(OnnxFields.ValueType.DocString, "what comes in");
        var shape = TestModel.Message((OnnxFields.Shape.Dimension, TestModel.Message((OnnxFields.Dimension.Symbol, "rows_of_h"))));
        var type = TestModel.Message((OnnxFields.Type.Tensor, TestModel.Message((OnnxFields.TensorType.ElementType, 1), (OnnxFields.TensorType.Shape, shape))));
        return Model()
            .Raw(OnnxFields.Graph.Input, input)
            .Raw(OnnxFields.Graph.Initializer, OnnxModelWriter.TensorMessage("w", Tensor.Vector(1f, 2f), "measured in 2020"))
            .Raw(OnnxFields.Graph.ValueType, TestModel.Message((OnnxFields.ValueType.Name, "h"), (OnnxFields.ValueType.Type, type), (OnnxFields.ValueType.DocString, "hidden layer")))
            .ToBytes();
    }
}
