using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using MedTune.Tensors;

namespace MedTune.Graphs.Files;

/// <summary>A protobuf message to be written: its fields in order and its size, known before the first byte goes out, so that nothing is copied.</summary>
internal sealed class WireMessage
{
    private readonly List<Field> _fields = [];

    private enum Kind
    {
        Varint,
        Float,
        Bytes,
        Message,
        Data,
    }

    /// <summary>Bytes the message takes, without a tag or length of its own.</summary>
    internal long Size { get; private set; }

    internal void AddInt(int field, long value) =>
        Append(new Field(field, Kind.Varint, value, 0, null), TagSize(field) + CodedOutputStream.ComputeInt64Size(value));

    internal void AddFloat(int field, float value) => Append(new Field(field, Kind.Float, 0, value, null), TagSize(field) + sizeof(float));

    internal void AddText(int field, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Append(new Field(field, Kind.Bytes, bytes.Length, 0, bytes), Delimited(field, bytes.Length));
    }

    /// <summary>A text field that is left out when it is empty, as the format does.</summary>
    internal void AddTextIfAny(int field, string text)
    {
        if (text.Length > 0)
        {
            AddText(field, text);
        }
    }

    internal void AddMessage(int field, WireMessage message) =>
        Append(new Field(field, Kind.Message, message.Size, 0, message), Delimited(field, message.Size));

    /// <summary>The elements of a tensor of fixed-size elements as one bytes field.</summary>
    internal void AddData(int field, Tensor tensor)
    {
        long bytes = (long)tensor.Length * tensor.Type.SizeInBytes();
        Append(new Field(field, Kind.Data, bytes, 0, tensor), Delimited(field, bytes));
    }

    /// <summary>Writes the fields.</summary>
    internal void WriteTo(Stream stream)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        WriteTo(output, stream);
    }

    private static int TagSize(int field) => CodedOutputStream.ComputeTagSize(field);

    private static long Delimited(int field, long bytes)
    {
        if (bytes > int.MaxValue)
        {
            throw new InvalidGraphException("The model is larger than 2 GB, which one ONNX file cannot hold.");
        }

        return TagSize(field) + CodedOutputStream.ComputeLengthSize((int)bytes) + bytes;
    }

    /// <summary>The elements of a tensor as little-endian bytes.</summary>
    internal static void WriteTensor(Tensor tensor, Stream stream)
    {
        switch (tensor.Type)
        {
            case ElementType.Float: WriteValues<float>(tensor, stream); break;
            case ElementType.Double: WriteValues<double>(tensor, stream); break;
            case ElementType.Int64: WriteValues<long>(tensor, stream); break;
            case ElementType.Int32: WriteValues<int>(tensor, stream); break;
            case ElementType.UInt8: WriteValues<byte>(tensor, stream); break;
            case ElementType.Int8: WriteValues<sbyte>(tensor, stream); break;
            case ElementType.Int16: WriteValues<short>(tensor, stream); break;
            case ElementType.UInt16: WriteValues<ushort>(tensor, stream); break;
            case ElementType.UInt32: WriteValues<uint>(tensor, stream); break;
            case ElementType.UInt64: WriteValues<ulong>(tensor, stream); break;
            case ElementType.Float16: WriteValues<Half>(tensor, stream); break;
            case ElementType.BFloat16: WriteValues<BFloat16>(tensor, stream); break;
            case ElementType.Bool: WriteValues<bool>(tensor, stream); break;
            default: throw new InvalidGraphException($"A tensor of {tensor.Type} has no raw form in a file.");
        }
    }

    private static void WriteValues<T>(Tensor tensor, Stream stream)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        if (BitConverter.IsLittleEndian || size == 1)
        {
            stream.Write(MemoryMarshal.AsBytes(tensor.Values<T>()));
            return;
        }

        byte[] bytes = MemoryMarshal.AsBytes(tensor.Values<T>()).ToArray();
        LittleEndian.ToHost(bytes, size);
        stream.Write(bytes);
    }

    private void Append(Field field, long size)
    {
        _fields.Add(field);
        Size += size;
    }

    private void WriteTo(CodedOutputStream output, Stream stream)
    {
        foreach (var field in _fields)
        {
            switch (field.Kind)
            {
                case Kind.Varint:
                    output.WriteTag(field.Number, WireFormat.WireType.Varint);
                    output.WriteInt64(field.Int);
                    break;
                case Kind.Float:
                    output.WriteTag(field.Number, WireFormat.WireType.Fixed32);
                    output.WriteFloat(field.Float);
                    break;
                case Kind.Bytes:
                    output.WriteTag(field.Number, WireFormat.WireType.LengthDelimited);
                    output.WriteBytes(UnsafeByteOperations.UnsafeWrap((byte[])field.Payload!));
                    break;
                case Kind.Message:
                    output.WriteTag(field.Number, WireFormat.WireType.LengthDelimited);
                    output.WriteLength((int)field.Int);
                    ((WireMessage)field.Payload!).WriteTo(output, stream);
                    break;
                default:
                    output.WriteTag(field.Number, WireFormat.WireType.LengthDelimited);
                    output.WriteLength((int)field.Int);
                    output.Flush();
                    WriteTensor((Tensor)field.Payload!, stream);
                    break;
            }
        }
    }

    private readonly record struct Field(int Number, Kind Kind, long Int, float Float, object? Payload);
}
