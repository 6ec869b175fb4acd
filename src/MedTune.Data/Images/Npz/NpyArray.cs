using System.Buffers.Binary;
using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>An array out of a NumPy archive. Its bytes are kept as they are; elements are turned into numbers when asked.</summary>
/// <param name="Header">Type and shape.</param>
/// <param name="Bytes">The elements, row by row.</param>
internal sealed record NpyArray(NpyHeader Header, byte[] Bytes)
{
    /// <summary>Lengths of the axes.</summary>
    public ImmutableArray<long> Shape => Header.Shape;

    /// <summary>Reads an array.</summary>
    /// <exception cref="DataException">The file is no array of numbers, ends too early or is too large.</exception>
    public static NpyArray Read(Stream stream, long largestBytes, string where)
    {
        var header = NpyHeader.Read(stream, where);
        long length = header.Count * header.ElementBytes;
        if (length > Math.Min(largestBytes, Array.MaxLength))
        {
            throw new DataException($"{where}: holds {length} bytes, more than fit here: split it into smaller files.");
        }

        // The claim is believed piece by piece: a short file never makes a large array.
        using var bytes = new MemoryStream();
        byte[] piece = new byte[1 << 16];
        while (bytes.Length < length)
        {
            int read = stream.Read(piece, 0, (int)Math.Min(piece.Length, length - bytes.Length));
            if (read == 0)
            {
                throw new DataException($"{where}: is cut short ({bytes.Length} of {length} bytes): get the file again from where it came from.");
            }

            bytes.Write(piece, 0, read);
        }

        return new NpyArray(header, bytes.ToArray());
    }

    /// <summary>An element as a number.</summary>
    public double this[long index]
    {
        get
        {
            int size = Header.ElementBytes;
            Span<byte> element = stackalloc byte[8];
            Bytes.AsSpan((int)(index * size), size).CopyTo(element);
            if (Header.IsBigEndian)
            {
                element[..size].Reverse();
            }

            return Header.Type switch
            {
                "u1" or "b1" => element[0],
                "i1" => (sbyte)element[0],
                "u2" => BinaryPrimitives.ReadUInt16LittleEndian(element),
                "i2" => BinaryPrimitives.ReadInt16LittleEndian(element),
                "u4" => BinaryPrimitives.ReadUInt32LittleEndian(element),
                "i4" => BinaryPrimitives.ReadInt32LittleEndian(element),
                "u8" => BinaryPrimitives.ReadUInt64LittleEndian(element),
                "i8" => BinaryPrimitives.ReadInt64LittleEndian(element),
                "f2" => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
                "f4" => BinaryPrimitives.ReadSingleLittleEndian(element),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(element),
            };
        }
    }
}
