using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Files;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void Write_EveryElementType_ReadsBackEqual()
    {
        var tensors = Sample();
        byte[] bytes = Write(tensors, ImmutableSortedDictionary<string, string>.Empty.Add("format", "pt").Add("名", "值"));

        var (read, metadata) = SafetensorsFile.Read(bytes);

        Assert.Equal(tensors.Keys, read.Keys);
        foreach (var (name, tensor) in tensors)
        {
            TensorAssert.Equal(tensor, read[name]);
        }

        Assert.Equal("值", metadata["名"]);
    }

    [Fact]
    public void Write_Twice_GivesEqualBytesAndAlignedData()
    {
        byte[] first = Write(Sample(), null);

        Assert.Equal(first, Write(Sample(), null));
        Assert.Equal(0, (int)BinaryPrimitives.ReadUInt64LittleEndian(first) % 8);
    }

    [Fact]
    public void Write_Text_IsRefusedWithoutLeavingAFile()
    {
        using var folder = new TemporaryFolder();
        var tensors = ImmutableSortedDictionary<string, Tensor>.Empty.Add("t", Tensor.Vector("a"));

        Assert.Throws<InvalidGraphException>(() => SafetensorsFile.Write(folder.File("x.safetensors"), tensors));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Read_HalfPrecision_Widens()
    {
        byte[] file = File(
            """{"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"b":{"dtype":"BF16","shape":[1,2],"data_offsets":[6,10]}}""",
            [0x00, 0x3C, 0x00, 0xC0, 0x00, 0x7C, 0x80, 0x3F, 0x40, 0xC0]);

        var (tensors, _) = SafetensorsFile.Read(file);

        Assert.Equal([1f, -2f, float.PositiveInfinity], tensors["h"].Values<float>().ToArray());
        Assert.Equal([1f, -3f], tensors["b"].Values<float>().ToArray());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9)]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,0],"data_offsets":[0,0]}}""", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)]
    [InlineData("""[1]""", 0)]
    [InlineData("""{"a":7}""", 0)]
    [InlineData("""{"__metadata__":{"k":1}}""", 0)]
    [InlineData("""{"a":""", 0)]
    public void Read_BrokenHeader_IsRefusedWithOneSentence(string header, int bytes)
    {
        var error = Assert.Throws<InvalidGraphException>(() => SafetensorsFile.Read(File(header, new byte[bytes])));

        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MutatedFiles_OnlyEverRefuses()
    {
        byte[] valid = Write(Sample(), null);
        Fuzzing.Run(valid, seed: 23, rounds: 1500, bytes => SafetensorsFile.Read(bytes));
    }

    private static ImmutableSortedDictionary<string, Tensor> Sample() => ImmutableSortedDictionary.Create<string, Tensor>(StringComparer.Ordinal)
        .Add("weight", Tensor.Create(new Shape(2, 3), [1f, -2f, 3.5f, float.NaN, float.NegativeInfinity, -0f]))
        .Add("double", Tensor.Vector(1.0 / 3, double.MaxValue))
        .Add("long", Tensor.Vector(long.MinValue, 5L))
        .Add("int", Tensor.Scalar(-7))
        .Add("small", Tensor.Vector<sbyte>(-128, 127, 3))
        .Add("byte", Tensor.Vector<byte>(0, 255))
        .Add("truth", Tensor.Vector(true, false, true))
        .Add("empty", Tensor.Create<float>(new Shape(0, 4), []));

    private static byte[] Write(ImmutableSortedDictionary<string, Tensor> tensors, ImmutableSortedDictionary<string, string>? metadata)
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.File("x.safetensors"), tensors, metadata);
        return System.IO.File.ReadAllBytes(folder.File("x.safetensors"));
    }

    private static byte[] File(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        data.CopyTo(file, 8 + text.Length);
        return file;
    }
}
