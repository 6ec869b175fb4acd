using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Files;

/// <summary>A file put together message by message, so that it may say what no graph would.</summary>
internal sealed class TestModel
{
    private readonly WireMessage _graph = new();

    public long IrVersion { get; init; } = 8;

    public int Opset { get; init; } = 18;

    public int MlOpset { get; init; } = 3;

    public static WireMessage Message(params (int Field, object Value)[] fields)
    {
        var message = new WireMessage();
        foreach (var (field, value) in fields)
        {
            Add(message, field, value);
        }

        return message;
    }

    public static void Add(WireMessage message, int field, object value)
    {
        switch (value)
        {
            case int number: message.AddInt(field, number); break;
            case long number: message.AddInt(field, number); break;
            case float number: message.AddFloat(field, number); break;
            case string text: message.AddText(field, text); break;
            case Tensor tensor: message.AddData(field, tensor); break;
            default: message.AddMessage(field, (WireMessage)value); break;
        }
    }

    public TestModel Raw(int field, object value)
    {
        Add(_graph, field, value);
        return this;
    }

    public TestModel Input(string name, ElementType type, params long[] shape) => Raw(OnnxFields.Graph.Input, ValueOf(name, type, shape));

    public TestModel Output(string name, ElementType type, params long[] shape) => Raw(OnnxFields.Graph.Output, ValueOf(name, type, shape));

    public TestModel Initializer(string name, Tensor tensor) => Raw(OnnxFields.Graph.Initializer, OnnxModelWriter.TensorMessage(name, tensor));

    public TestModel Node(string opType, string[] inputs, string[] outputs, Attributes? attributes = null, string domain = "")
    {
        var node = OnnxModelWriter.NodeMessage(new Node(opType, [.. inputs], [.. outputs], attributes ?? Attributes.None));
        node.AddTextIfAny(OnnxFields.Node.Domain, domain);
        return Raw(OnnxFields.Graph.Node, node);
    }

    public byte[] ToBytes()
    {
        var model = Message(
            (OnnxFields.Model.IrVersion, IrVersion),
            (OnnxFields.Model.Graph, _graph),
            (OnnxFields.Model.OpsetImport, Message((OnnxFields.Opset.Version, Opset))),
            (OnnxFields.Model.OpsetImport, Message((OnnxFields.Opset.Domain, "ai.onnx.ml"), (OnnxFields.Opset.Version, MlOpset))));
        return Bytes(model);
    }

    public static byte[] Bytes(WireMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }

    public static WireMessage ValueOf(string name, ElementType type, params long[] shape)
    {
        var dimensions = new WireMessage();
        foreach (long extent in shape)
        {
            dimensions.AddMessage(OnnxFields.Shape.Dimension, Message((OnnxFields.Dimension.Value, extent)));
        }

        return Message(
            (OnnxFields.ValueType.Name, name),
            (OnnxFields.ValueType.Type, Message((OnnxFields.Type.Tensor, Message((OnnxFields.TensorType.ElementType, (int)type), (OnnxFields.TensorType.Shape, dimensions))))));
    }
}
