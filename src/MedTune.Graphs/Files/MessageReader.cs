using System.Diagnostics.CodeAnalysis;
using System.Text;
using Google.Protobuf;

namespace MedTune.Graphs.Files;

/// <summary>Reads the fields of one protobuf message that lies inside a buffer, without copying payloads.</summary>
/// <remarks>
/// Every length is checked against the message that holds it before anything is allocated, so a message can never claim more bytes
/// than the file has. What breaks the wire format leaves as <see cref="InvalidGraphException"/>.
/// </remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A stream over an array holds nothing to release.")]
internal ref struct MessageReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer;
    private readonly CodedInputStream _input;
    private uint _tag;

    internal MessageReader(byte[] buffer, int offset, int length)
    {
        _buffer = buffer;
        _input = new CodedInputStream(buffer, offset, length);
    }

    /// <summary>The number of the field last met.</summary>
    internal readonly int Field => WireFormat.GetTagFieldNumber(_tag);

    private readonly bool IsLengthDelimited => WireFormat.GetTagWireType(_tag) == WireFormat.WireType.LengthDelimited;

    /// <summary>Goes to the next field; false at the end of the message.</summary>
    internal bool Next()
    {
        try
        {
            _tag = _input.ReadTag();
            return _tag != 0;
        }
        catch (InvalidProtocolBufferException error)
        {
            throw Broken(error);
        }
    }

    /// <summary>Leaves the field unread.</summary>
    internal readonly void Skip()
    {
        try
        {
            _input.SkipLastField();
        }
        catch (InvalidProtocolBufferException error)
        {
            throw Broken(error);
        }
    }

    /// <summary>The bytes of a length-delimited field, as a region of the buffer.</summary>
    internal readonly (int Offset, int Length) Region()
    {
        Expect(WireFormat.WireType.LengthDelimited);
        int start = (int)_input.Position;
        Skip();
        int end = (int)_input.Position;

        // The skip has checked the length; what remains is to find where the payload starts behind its length prefix.
        var prefix = new CodedInputStream(_buffer, start, end - start);
        int length = prefix.ReadLength();
        return (end - length, length);
    }

    /// <summary>The field as a message of its own.</summary>
    internal readonly MessageReader Message()
    {
        var (offset, length) = Region();
        return new MessageReader(_buffer, offset, length);
    }

    /// <summary>The bytes of a length-delimited field.</summary>
    internal readonly ReadOnlySpan<byte> Bytes()
    {
        var (offset, length) = Region();
        return _buffer.AsSpan(offset, length);
    }

    /// <summary>The bytes of a length-delimited field, to be kept.</summary>
    internal readonly ReadOnlyMemory<byte> Memory()
    {
        var (offset, length) = Region();
        return _buffer.AsMemory(offset, length);
    }

    /// <summary>A text field; text that is not UTF-8 is refused.</summary>
    internal readonly string Text()
    {
        try
        {
            return Utf8.GetString(Bytes());
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidGraphException("The file holds a text that is not UTF-8; it is damaged or not an ONNX file.", error);
        }
    }

    /// <summary>An integer field of up to 64 bits.</summary>
    internal readonly long Int64()
    {
        Expect(WireFormat.WireType.Varint);
        return Varint(_input);
    }

    /// <summary>An integer field that must fit 32 bits.</summary>
    internal readonly int Int32(string what)
    {
        long value = Int64();
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new InvalidGraphException($"The file gives a {what} that no 32-bit number can hold; it is damaged.");
    }

    /// <summary>A 32-bit floating-point field.</summary>
    internal readonly float Float()
    {
        Expect(WireFormat.WireType.Fixed32);
        try
        {
            return _input.ReadFloat();
        }
        catch (InvalidProtocolBufferException error)
        {
            throw Broken(error);
        }
    }

    /// <summary>Appends a repeated integer field, packed or not.</summary>
    internal readonly void AppendInts(List<long> values)
    {
        if (!IsLengthDelimited)
        {
            values.Add(Int64());
            return;
        }

        var (offset, length) = Region();
        var packed = new CodedInputStream(_buffer, offset, length);
        while (packed.Position < offset + length)
        {
            values.Add(Varint(packed));
        }
    }

    /// <summary>Appends a repeated 32-bit floating-point field, packed or not.</summary>
    internal readonly void AppendFloats(List<float> values)
    {
        if (!IsLengthDelimited)
        {
            values.Add(Float());
            return;
        }

        var bytes = Bytes();
        ExpectWhole(bytes.Length, sizeof(float));
        for (int i = 0; i < bytes.Length; i += sizeof(float))
        {
            values.Add(System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(bytes[i..]));
        }
    }

    /// <summary>Appends a repeated 64-bit floating-point field, packed or not.</summary>
    internal readonly void AppendDoubles(List<double> values)
    {
        if (!IsLengthDelimited)
        {
            Expect(WireFormat.WireType.Fixed64);
            try
            {
                values.Add(_input.ReadDouble());
            }
            catch (InvalidProtocolBufferException error)
            {
                throw Broken(error);
            }

            return;
        }

        var bytes = Bytes();
        ExpectWhole(bytes.Length, sizeof(double));
        for (int i = 0; i < bytes.Length; i += sizeof(double))
        {
            values.Add(System.Buffers.Binary.BinaryPrimitives.ReadDoubleLittleEndian(bytes[i..]));
        }
    }

    private static long Varint(CodedInputStream input)
    {
        try
        {
            return input.ReadInt64();
        }
        catch (InvalidProtocolBufferException error)
        {
            throw Broken(error);
        }
    }

    private static void ExpectWhole(int bytes, int size)
    {
        if (bytes % size != 0)
        {
            throw new InvalidGraphException("The file holds a packed list of numbers that is cut in the middle of a number; it is damaged.");
        }
    }

    private static InvalidGraphException Broken(InvalidProtocolBufferException error) =>
        new("The file is not a complete ONNX file: its messages are cut short or damaged.", error);

    private readonly void Expect(WireFormat.WireType wire)
    {
        if (WireFormat.GetTagWireType(_tag) != wire)
        {
            throw new InvalidGraphException($"The file is not an ONNX file: field {Field} of a message is not encoded as ONNX defines it.");
        }
    }
}
