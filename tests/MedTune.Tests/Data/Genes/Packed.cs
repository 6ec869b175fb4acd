using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MedTune.Tests.Data.Genes;

/// <summary>Writes packed files for tests.</summary>
internal static class Packed
{
    public static readonly byte[] EndBlock = [0x1F, 0x8B, 0x08, 0x04, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0x1B, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    public static byte[] Bgzf(string text, int block = 100) => Bgzf(Encoding.UTF8.GetBytes(text), block);

    /// <summary>A BGZF file with blocks of so many bytes, closed as the specification says.</summary>
    public static byte[] Bgzf(byte[] content, int block = 60000)
    {
        using var file = new MemoryStream();
        for (int at = 0; at < content.Length; at += block)
        {
            file.Write(Block(content.AsSpan(at, Math.Min(block, content.Length - at))));
        }

        file.Write(EndBlock);
        return file.ToArray();
    }

    public static byte[] Block(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(content);
        }

        byte[] data = packed.ToArray();
        byte[] all = new byte[18 + data.Length + 8];
        EndBlock.AsSpan(0, 18).CopyTo(all);
        BinaryPrimitives.WriteUInt16LittleEndian(all.AsSpan(16), (ushort)(all.Length - 1));
        data.CopyTo(all, 18);
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(all.Length - 8), Checksum(content));
        BinaryPrimitives.WriteInt32LittleEndian(all.AsSpan(all.Length - 4), content.Length);
        return all;
    }

    // The trailer of a gzip member holds the checksum of its content.
    private static uint Checksum(ReadOnlySpan<byte> content) => BinaryPrimitives.ReadUInt32LittleEndian(Gzip(content.ToArray()).AsSpan()[^8..]);
}
