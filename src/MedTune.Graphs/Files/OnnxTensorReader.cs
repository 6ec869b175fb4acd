using System.Runtime.InteropServices;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs.Files;

/// <summary>Decodes ONNX tensors: dimensions and data in any of the places the format allows.</summary>
internal static class OnnxTensorReader
{
    /// <summary>More axes than any real tensor has.</summary>
    internal const int MaximumRank = ShapeContext.LongestShape;

    /// <summary>The tensor and its name.</summary>
    /// <param name="message">The message, not yet begun.</param>
    /// <param name="external">Where data outside the file may be; null when there is no folder to look in.</param>
    internal static (string Name, Tensor Tensor) Read(MessageReader message, ExternalData? external)
    {
        var (name, tensor, _) = ReadNamed(message, external);
        return (name, tensor);
    }

    /// <summary>The tensor, its name and what the file says of it.</summary>
    internal static (string Name, Tensor Tensor, string Documentation) ReadNamed(MessageReader message, ExternalData? external)
    {
        var parts = new Parts();
        while (message.Next())
        {
            ReadField(ref message, parts);
        }

        string where = parts.Name.Length == 0 ? "A tensor of the file" : $"Tensor '{parts.Name}'";
        var type = ElementTypeOf(parts.DataType, where);
        var shape = ShapeOf(parts.Dims, where);
        if (parts.IsExternal)
        {
            return (parts.Name, FromExternal(parts, type, shape, external, where), parts.Documentation);
        }

        return (parts.Name, parts.HasRaw ? FromRaw(type, shape, parts.Raw.Span, where) : FromTyped(parts, type, shape, where), parts.Documentation);
    }

    /// <summary>The element type behind a number of the standard.</summary>
    internal static ElementType ElementTypeOf(long number, string where) => number switch
    {
        (>= 1 and <= 13) or 16 => (ElementType)number,
        0 => throw new InvalidGraphException($"{where} has no element type."),
        _ => throw new InvalidGraphException(
            $"{where} has element type {number} ({NameOf(number)}); supported are float, double, float16, bfloat16, integers of 8 to 64 bits, bool and string."),
    };

    /// <summary>A shape from the dimensions of a file.</summary>
    internal static Shape ShapeOf(List<long> dims, string where)
    {
        if (dims.Count > MaximumRank)
        {
            throw new InvalidGraphException($"{where} has {dims.Count} axes; at most {MaximumRank} are supported.");
        }

        long length = 1;
        bool isEmpty = dims.Contains(0);
        var extents = new int[dims.Count];
        for (int i = 0; i < extents.Length; i++)
        {
            long dim = dims[i];
            if (dim is < 0 or > int.MaxValue)
            {
                throw new InvalidGraphException($"{where} has an extent of {dim}; an extent is between 0 and {int.MaxValue}.");
            }

            extents[i] = (int)dim;
            length = isEmpty ? 0 : length * dim;
            if (length > int.MaxValue)
            {
                throw new InvalidGraphException($"{where} declares more than {int.MaxValue} elements; such a tensor is not supported.");
            }
        }

        // An empty tensor may still be refused: Shape multiplies from the left and sees the overflow before it sees the zero.
        return isEmpty ? EmptyShape(extents, where) : new Shape(extents);
    }

    /// <summary>A tensor from little-endian bytes.</summary>
    internal static Tensor FromRaw(ElementType type, Shape shape, ReadOnlySpan<byte> raw, string where)
    {
        if (type == ElementType.String)
        {
            throw new InvalidGraphException($"{where} holds text as raw bytes, which the format does not allow.");
        }

        long expected = (long)shape.Length * type.SizeInBytes();
        if (raw.Length != expected)
        {
            throw new InvalidGraphException($"{where} of shape {shape} needs {expected} bytes of data; the file has {raw.Length}.");
        }

        return type switch
        {
            ElementType.Float => Copy<float>(shape, raw),
            ElementType.Double => Copy<double>(shape, raw),
            ElementType.Int64 => Copy<long>(shape, raw),
            ElementType.Int32 => Copy<int>(shape, raw),
            ElementType.Int8 => Copy<sbyte>(shape, raw),
            ElementType.UInt8 => Copy<byte>(shape, raw),
            ElementType.Int16 => Copy<short>(shape, raw),
            ElementType.UInt16 => Copy<ushort>(shape, raw),
            ElementType.UInt32 => Copy<uint>(shape, raw),
            ElementType.UInt64 => Copy<ulong>(shape, raw),
            ElementType.Float16 => Copy<Half>(shape, raw),
            ElementType.BFloat16 => Copy<BFloat16>(shape, raw),
            _ => Truths(shape, raw),
        };
    }

    private static Shape EmptyShape(int[] extents, string where)
    {
        try
        {
            return new Shape(extents);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new InvalidGraphException($"{where} declares extents whose product exceeds {int.MaxValue}; such a tensor is not supported.", error);
        }
    }

    private static void ReadField(ref MessageReader message, Parts parts)
    {
        switch (message.Field)
        {
            case OnnxFields.Tensor.Dims: message.AppendInts(parts.Dims); break;
            case OnnxFields.Tensor.DataType: parts.DataType = message.Int64(); break;
            case OnnxFields.Tensor.Name: parts.Name = message.Text(); break;
            case OnnxFields.Tensor.DocString: parts.Documentation = message.Text(); break;
            case OnnxFields.Tensor.FloatData: message.AppendFloats(parts.Floats); break;
            case OnnxFields.Tensor.DoubleData: message.AppendDoubles(parts.Doubles); break;
            case OnnxFields.Tensor.Int32Data: message.AppendInts(parts.Narrow); break;
            case OnnxFields.Tensor.Int64Data: message.AppendInts(parts.Longs); break;
            case OnnxFields.Tensor.UInt64Data: message.AppendInts(parts.Unsigned); break;
            case OnnxFields.Tensor.StringData: parts.Texts.Add(message.Text()); break;
            case OnnxFields.Tensor.RawData:
                parts.Raw = message.Memory();
                parts.HasRaw = true;
                break;
            case OnnxFields.Tensor.ExternalData:
                var (key, value) = OnnxModelReader.ReadEntry(message.Message());
                parts.External[key] = value;
                break;
            case OnnxFields.Tensor.DataLocation: parts.IsExternal = message.Int64() != 0; break;
            case OnnxFields.Tensor.Segment:
                throw new InvalidGraphException("The file stores a tensor in segments, which is not supported; save the model again with whole tensors.");
            default: message.Skip(); break;
        }
    }

    private static Tensor FromExternal(Parts parts, ElementType type, Shape shape, ExternalData? external, string where)
    {
        if (external is null)
        {
            throw new InvalidGraphException($"{where} lies in another file, which can only be found when the model is read from its path.");
        }

        if (type == ElementType.String)
        {
            throw new InvalidGraphException($"{where} holds text in another file, which the format does not allow.");
        }

        return external.Read(parts.External, type, shape, where);
    }

    private static Tensor FromTyped(Parts parts, ElementType type, Shape shape, string where)
    {
        switch (type)
        {
            case ElementType.Float: return Of(shape, parts.Floats, where);
            case ElementType.Double: return Of(shape, parts.Doubles, where);
            case ElementType.Int64: return Of(shape, parts.Longs, where);
            case ElementType.String: return Of(shape, parts.Texts, where);
            case ElementType.Int32: return Of(shape, Narrow(parts.Narrow, int.MinValue, int.MaxValue, v => (int)v, where), where);
            case ElementType.Int8: return Of(shape, Narrow(parts.Narrow, sbyte.MinValue, sbyte.MaxValue, v => (sbyte)v, where), where);
            case ElementType.UInt8: return Of(shape, Narrow(parts.Narrow, byte.MinValue, byte.MaxValue, v => (byte)v, where), where);
            case ElementType.Int16: return Of(shape, Narrow(parts.Narrow, short.MinValue, short.MaxValue, v => (short)v, where), where);
            case ElementType.UInt16: return Of(shape, Narrow(parts.Narrow, ushort.MinValue, ushort.MaxValue, v => (ushort)v, where), where);
            case ElementType.UInt32: return Of(shape, Narrow(parts.Unsigned, uint.MinValue, uint.MaxValue, v => (uint)v, where), where);
            case ElementType.UInt64: return Of(shape, Narrow(parts.Unsigned, long.MinValue, long.MaxValue, v => (ulong)v, where), where);
            case ElementType.Float16: return Of(shape, Narrow(parts.Narrow, 0, ushort.MaxValue, v => BitConverter.UInt16BitsToHalf((ushort)v), where), where);
            case ElementType.BFloat16: return Of(shape, Narrow(parts.Narrow, 0, ushort.MaxValue, v => new BFloat16((ushort)v), where), where);
            default: return Of(shape, Narrow(parts.Narrow, long.MinValue, long.MaxValue, v => v != 0, where), where);
        }
    }

    private static List<T> Narrow<T>(List<long> values, long minimum, long maximum, Func<long, T> convert, string where)
    {
        var narrow = new List<T>(values.Count);
        foreach (long value in values)
        {
            narrow.Add(value >= minimum && value <= maximum
                ? convert(value)
                : throw new InvalidGraphException($"{where} holds a number outside the range of its element type."));
        }

        return narrow;
    }

    private static Tensor<T> Of<T>(Shape shape, List<T> values, string where) => values.Count == shape.Length
        ? new Tensor<T>(shape, values.ToArray())
        : throw new InvalidGraphException($"{where} of shape {shape} needs {shape.Length} values; the file has {values.Count}.");

    private static Tensor<bool> Truths(Shape shape, ReadOnlySpan<byte> raw)
    {
        var values = new bool[raw.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            values[i] = raw[i] != 0;
        }

        return new Tensor<bool>(shape, values);
    }

    private static Tensor<T> Copy<T>(Shape shape, ReadOnlySpan<byte> raw)
        where T : unmanaged
    {
        var values = new T[shape.Length];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        raw.CopyTo(bytes);
        LittleEndian.ToHost(bytes, System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        return new Tensor<T>(shape, values);
    }

    private static string NameOf(long number) => number switch
    {
        14 => "complex64",
        15 => "complex128",
        >= 17 and <= 20 => "8-bit float",
        21 => "uint4",
        22 => "int4",
        _ => "unknown",
    };

    /// <summary>The fields of the message as they come.</summary>
    private sealed class Parts
    {
        internal string Name { get; set; } = string.Empty;

        internal string Documentation { get; set; } = string.Empty;

        internal long DataType { get; set; }

        internal List<long> Dims { get; } = [];

        internal bool HasRaw { get; set; }

        internal ReadOnlyMemory<byte> Raw { get; set; }

        internal List<float> Floats { get; } = [];

        internal List<double> Doubles { get; } = [];

        internal List<long> Narrow { get; } = [];

        internal List<long> Longs { get; } = [];

        internal List<long> Unsigned { get; } = [];

        internal List<string> Texts { get; } = [];

        internal bool IsExternal { get; set; }

        internal SortedDictionary<string, string> External { get; } = new(StringComparer.Ordinal);
    }
}
