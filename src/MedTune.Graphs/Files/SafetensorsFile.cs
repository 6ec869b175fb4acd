using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using MedTune.Tensors;

namespace MedTune.Graphs.Files;

/// <summary>Reads and writes safetensors files: named tensors behind a JSON header, the form in which pretrained weights are published.</summary>
/// <remarks>
/// Layout: 8 bytes header length, the header, then the data without gaps or overlaps
/// (https://github.com/huggingface/safetensors, format section of the README). Read: F32, F64, I64, I32, I8, U8, BOOL, and F16 and BF16 as float.
/// </remarks>
public static class SafetensorsFile
{
    private const string MetadataKey = "__metadata__";
    private const int MaximumHeader = 100_000_000;
    private const int Alignment = 8;

    /// <summary>Reads a file from disk.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors by name and the file's metadata, both in ordinal order.</returns>
    /// <exception cref="InvalidGraphException">The file is missing, damaged, of another kind or holds an unsupported element type.</exception>
    public static (ImmutableSortedDictionary<string, Tensor> Tensors, ImmutableSortedDictionary<string, string> Metadata) Read(string path) =>
        Read(WholeFile.Read(path));

    /// <summary>Reads a file held in memory.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <returns>The tensors by name and the file's metadata, both in ordinal order.</returns>
    /// <exception cref="InvalidGraphException">The bytes are damaged, of another kind or hold an unsupported element type.</exception>
    public static (ImmutableSortedDictionary<string, Tensor> Tensors, ImmutableSortedDictionary<string, string> Metadata) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < sizeof(ulong))
        {
            throw new InvalidGraphException("The file is too short to be a safetensors file.");
        }

        ulong header = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (header > MaximumHeader || header > (ulong)(file.Length - sizeof(ulong)))
        {
            throw new InvalidGraphException("The file is not a complete safetensors file: its header is longer than the file or than the format allows.");
        }

        var data = file[(sizeof(ulong) + (int)header)..];
        try
        {
            using var document = JsonDocument.Parse(file.Slice(sizeof(ulong), (int)header).ToArray(), new JsonDocumentOptions { MaxDepth = 8 });
            return ReadHeader(document.RootElement, data);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidGraphException("The header of the safetensors file is not the JSON that the format asks for; the file is damaged.", error);
        }
    }

    /// <summary>Writes tensors to disk: under a temporary name first, then renamed. Equal content gives equal bytes.</summary>
    /// <param name="path">Where the file shall be; a file of that name is replaced.</param>
    /// <param name="tensors">Tensors by name; text cannot be stored in this format.</param>
    /// <param name="metadata">Free text by key, or null.</param>
    /// <exception cref="InvalidGraphException">A tensor holds text.</exception>
    public static void Write(
        string path,
        ImmutableSortedDictionary<string, Tensor> tensors,
        ImmutableSortedDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var order = tensors.OrderByDescending(pair => pair.Value.Type.SizeInBytes()).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        byte[] header = Header(order, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in order)
            {
                WireMessage.WriteTensor(tensor, stream);
            }
        });
    }

    private static byte[] Header(KeyValuePair<string, Tensor>[] order, ImmutableSortedDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (var (name, tensor) in order)
            {
                long end = offset + ((long)tensor.Length * tensor.Type.SizeInBytes());
                WriteEntry(json, name, tensor, offset, end);
                offset = end;
            }

            json.WriteEndObject();
        }

        // Spaces at the end of the header keep the data aligned for readers that map the file into memory.
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long start, long end)
    {
        if (name == MetadataKey)
        {
            throw new InvalidGraphException($"A tensor cannot be named '{MetadataKey}': the safetensors format keeps that name for itself.");
        }

        json.WriteStartObject(name);
        json.WriteString("dtype", NameOf(tensor.Type, name));
        json.WriteStartArray("shape");
        foreach (int extent in tensor.Shape.Extents)
        {
            json.WriteNumberValue(extent);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string NameOf(ElementType type, string name) => type switch
    {
        ElementType.Float => "F32",
        ElementType.Double => "F64",
        ElementType.Int64 => "I64",
        ElementType.Int32 => "I32",
        ElementType.Int8 => "I8",
        ElementType.UInt8 => "U8",
        ElementType.Int16 => "I16",
        ElementType.UInt16 => "U16",
        ElementType.UInt32 => "U32",
        ElementType.UInt64 => "U64",
        ElementType.Float16 => "F16",
        ElementType.BFloat16 => "BF16",
        ElementType.Bool => "BOOL",
        _ => throw new InvalidGraphException($"Tensor '{name}' holds {type}, which the safetensors format cannot store."),
    };

    private static (ImmutableSortedDictionary<string, Tensor> Tensors, ImmutableSortedDictionary<string, string> Metadata) ReadHeader(
        JsonElement root,
        ReadOnlySpan<byte> data)
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var regions = new List<(long Start, long End)>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == MetadataKey)
            {
                foreach (var entry in property.Value.EnumerateObject())
                {
                    metadata[entry.Name] = entry.Value.GetString() ?? string.Empty;
                }

                continue;
            }

            var (tensor, region) = ReadEntry(property, data);
            if (!tensors.TryAdd(property.Name, tensor))
            {
                throw new InvalidGraphException($"The safetensors file has two tensors named '{property.Name}'; names must be unique.");
            }

            regions.Add(region);
        }

        CheckRegions(regions, data.Length);
        return (tensors.ToImmutable(), metadata.ToImmutable());
    }

    private static void CheckRegions(List<(long Start, long End)> regions, long length)
    {
        regions.Sort();
        long end = 0;
        foreach (var region in regions)
        {
            if (region.Start != end)
            {
                throw new InvalidGraphException("The tensors of the safetensors file overlap or leave gaps, which the format does not allow.");
            }

            end = region.End;
        }

        if (end != length)
        {
            throw new InvalidGraphException("The safetensors file has more bytes than its header describes; it is damaged.");
        }
    }

    private static (Tensor Tensor, (long Start, long End) Region) ReadEntry(JsonProperty property, ReadOnlySpan<byte> data)
    {
        string where = $"Tensor '{property.Name}'";
        string? type = null;
        List<long>? dims = null;
        List<long>? offsets = null;
        foreach (var part in property.Value.EnumerateObject())
        {
            switch (part.Name)
            {
                case "dtype": type = part.Value.GetString(); break;
                case "shape": dims = Numbers(part.Value); break;
                case "data_offsets": offsets = Numbers(part.Value); break;
                default: throw new InvalidGraphException($"{where} has an entry in the header that the safetensors format does not know.");
            }
        }

        if (type is null || dims is null || offsets is not { Count: 2 })
        {
            throw new InvalidGraphException($"{where} lacks its element type, shape or place in the safetensors file.");
        }

        var shape = OnnxTensorReader.ShapeOf(dims, where);
        long start = offsets[0];
        long end = offsets[1];
        if (start < 0 || end < start || end > data.Length)
        {
            throw new InvalidGraphException($"{where} lies outside the safetensors file.");
        }

        var bytes = data[(int)start..(int)end];
        return (Decode(type, shape, bytes, where), (start, end));
    }

    private static List<long> Numbers(JsonElement list)
    {
        var numbers = new List<long>();
        foreach (var number in list.EnumerateArray())
        {
            numbers.Add(number.GetInt64());
        }

        return numbers;
    }

    private static Tensor Decode(string type, Shape shape, ReadOnlySpan<byte> bytes, string where) => type switch
    {
        "F32" => OnnxTensorReader.FromRaw(ElementType.Float, shape, bytes, where),
        "F64" => OnnxTensorReader.FromRaw(ElementType.Double, shape, bytes, where),
        "I64" => OnnxTensorReader.FromRaw(ElementType.Int64, shape, bytes, where),
        "I32" => OnnxTensorReader.FromRaw(ElementType.Int32, shape, bytes, where),
        "I8" => OnnxTensorReader.FromRaw(ElementType.Int8, shape, bytes, where),
        "U8" => OnnxTensorReader.FromRaw(ElementType.UInt8, shape, bytes, where),
        "I16" => OnnxTensorReader.FromRaw(ElementType.Int16, shape, bytes, where),
        "U16" => OnnxTensorReader.FromRaw(ElementType.UInt16, shape, bytes, where),
        "U32" => OnnxTensorReader.FromRaw(ElementType.UInt32, shape, bytes, where),
        "U64" => OnnxTensorReader.FromRaw(ElementType.UInt64, shape, bytes, where),
        "BOOL" => OnnxTensorReader.FromRaw(ElementType.Bool, shape, bytes, where),
        "F16" => Widen(shape, bytes, where, bits => (float)BitConverter.UInt16BitsToHalf(bits)),
        "BF16" => Widen(shape, bytes, where, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
        _ => throw new InvalidGraphException(
            $"{where} has an element type that is not supported; supported are F32, F64, F16, BF16, I8 to I64, U8 to U64 and BOOL."),
    };

    private static Tensor<float> Widen(Shape shape, ReadOnlySpan<byte> bytes, string where, Func<ushort, float> convert)
    {
        if (bytes.Length != (long)shape.Length * sizeof(ushort))
        {
            throw new InvalidGraphException($"{where} of shape {shape} needs {(long)shape.Length * sizeof(ushort)} bytes of data; the file has {bytes.Length}.");
        }

        var values = new float[shape.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = convert(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * sizeof(ushort))..]));
        }

        return new Tensor<float>(shape, values);
    }
}
