using System.Buffers.Binary;
using System.IO.Compression;

namespace MedTune.Training;

/// <summary>The bytes of a record made short: trees are mostly small whole numbers in eight bytes each.</summary>
internal static class PackedRecord
{
    /// <summary>The longest record, packed or not.</summary>
    public const int Longest = 1 << 30;

    // Packs tens of megabytes per second, which no fit waits for; higher ones take a multiple of the time for a few per cent.
    private const int Quality = 5;
    private const int Window = 22;

    /// <summary>The length, then the packed bytes.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> record)
    {
        var packed = new byte[sizeof(int) + BrotliEncoder.GetMaxCompressedLength(record.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(packed, record.Length);
        return BrotliEncoder.TryCompress(record, packed.AsSpan(sizeof(int)), out int length, Quality, Window)
            ? packed[..(sizeof(int) + length)]
            : throw new InvalidOperationException("A record was longer packed than packing can make it.");
    }

    /// <summary>The record; null when the bytes are none.</summary>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed)
    {
        int length = packed.Length < sizeof(int) ? 0 : BinaryPrimitives.ReadInt32LittleEndian(packed);
        if (length is < 1 or > Longest)
        {
            return null;
        }

        var record = new byte[length];
        return BrotliDecoder.TryDecompress(packed[sizeof(int)..], record, out int written) && written == length ? record : null;
    }
}
