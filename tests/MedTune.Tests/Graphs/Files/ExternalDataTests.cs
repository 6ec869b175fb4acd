using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Files;

public sealed class ExternalDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExternalDataTests()
    {
        Directory.CreateDirectory(_folder.File("model"));
        Directory.CreateDirectory(_folder.File("model/weights"));
        byte[] bytes = new byte[24];
        Buffer.BlockCopy(new[] { 1f, 2f, 3f, 4f, 5f, 6f }, 0, bytes, 0, 24);
        File.WriteAllBytes(_folder.File("model/w.bin"), bytes);
        File.WriteAllBytes(_folder.File("model/weights/w.bin"), bytes);
        File.WriteAllBytes(_folder.File("secret.bin"), bytes);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("w.bin", null, null, 1f)]
    [InlineData("w.bin", "8", "8", 3f)]
    [InlineData("weights/w.bin", "16", null, 5f)]
    public void Read_DataInsideTheFolder_IsTaken(string location, string? offset, string? length, float first)
    {
        var tensor = Read(location, offset, length).Initializers["w"];

        Assert.Equal([first, first + 1], tensor.Values<float>().ToArray());
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("weights/../../secret.bin")]
    [InlineData("..\\secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\secret.bin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("weights//w.bin")]
    [InlineData("w.bin\0")]
    public void Read_PathsThatLeaveTheFolder_AreRefused(string location) => Refuses(location, null, null, "folder of the model");

    [Theory]
    [InlineData("missing.bin", null, null, "cannot be read")]
    [InlineData("weights", null, null, "cannot be read")]
    [InlineData("", null, null, "does not name")]
    [InlineData("w.bin", "20", null, "has only 24")]
    [InlineData("w.bin", "9223372036854775807", null, "has only 24")]
    [InlineData("w.bin", "-8", null, "offset")]
    [InlineData("w.bin", "99999999999999999999", null, "offset")]
    [InlineData("w.bin", "0", "4", "length")]
    [InlineData("w.bin", "0", "x", "length")]
    public void Read_PlacesThatDoNotExist_AreRefused(string location, string? offset, string? length, string reason) =>
        Refuses(location, offset, length, reason);

    [Fact]
    public void Read_Link_IsRefused()
    {
        File.CreateSymbolicLink(_folder.File("model/link.bin"), _folder.File("secret.bin"));
        Directory.CreateSymbolicLink(_folder.File("model/out"), _folder.Path);

        Refuses("link.bin", null, null, "link");
        Refuses("out/secret.bin", null, null, "link");
    }

    [Fact]
    public void Read_ManyTensorsOverTheSameBytes_AreRefused()
    {
        var model = new TestModel();
        for (int i = 0; i < 4; i++)
        {
            model.Raw(OnnxFields.Graph.Initializer, Tensor($"w{i}", "w.bin", (i * 4).ToString(System.Globalization.CultureInfo.InvariantCulture), null));
        }

        File.WriteAllBytes(_folder.File("model/m.onnx"), model.ToBytes());
        Assert.Contains("together", Assert.Throws<InvalidGraphException>(() => OnnxFile.Read(_folder.File("model/m.onnx"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FromMemory_HasNoFolderToLookIn() =>
        Assert.Contains("from its path", Assert.Throws<InvalidGraphException>(() => OnnxFile.Read(Model("w.bin", null, null))).Message, StringComparison.Ordinal);

    private static byte[] Model(string location, string? offset, string? length) => new TestModel()
        .Raw(OnnxFields.Graph.Initializer, Tensor("w", location, offset, length))
        .Node("Identity", ["w"], ["y"]).Output("y", ElementType.Float, 2).ToBytes();

    private static WireMessage Tensor(string name, string location, string? offset, string? length)
    {
        var message = TestModel.Message(
            (OnnxFields.Tensor.Dims, 2), (OnnxFields.Tensor.DataType, 1), (OnnxFields.Tensor.Name, name), (OnnxFields.Tensor.ExternalData, Entry("location", location)));
        foreach (var (key, value) in new[] { ("offset", offset), ("length", length) })
        {
            if (value is not null)
            {
                message.AddMessage(OnnxFields.Tensor.ExternalData, Entry(key, value));
            }
        }

        message.AddInt(OnnxFields.Tensor.DataLocation, 1);
        return message;
    }

    private static WireMessage Entry(string key, string value) => TestModel.Message((OnnxFields.Entry.Key, key), (OnnxFields.Entry.Value, value));

    private Graph Read(string location, string? offset, string? length)
    {
        File.WriteAllBytes(_folder.File("model/m.onnx"), Model(location, offset, length));
        return OnnxFile.Read(_folder.File("model/m.onnx"));
    }

    private void Refuses(string location, string? offset, string? length, string reason)
    {
        string message = Assert.Throws<InvalidGraphException>(() => Read(location, offset, length)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
