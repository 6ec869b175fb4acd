using System.Buffers.Binary;
using System.IO.Compression;
using MedTune.Data;

namespace MedTune.Tests.Data.Images;

/// <summary>Writes PNG pictures for tests: grey or red-green-blue, 8 or 16 bits, with or without transparency.</summary>
internal static class PngFile
{
    public static byte[] Write(int width, int height, int channels, int bits, Func<int, int, int, int> sample)
    {
        int bytes = bits / 8;
        byte[] lines = new byte[height * (1 + (width * channels * bytes))];
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            at++; // filter 0: none
            for (int i = 0; i < width * channels; i++)
            {
                int value = sample(i / channels, y, i % channels);
                if (bytes == 2)
                {
                    lines[at++] = (byte)(value >> 8);
                }

                lines[at++] = (byte)value;
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bits;
        header[9] = channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 };
        return [0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, Zlib(lines)), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Zlib(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        name.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        var crc = Crc32.Start();
        crc.Append(chunk.AsSpan(4, 4 + content.Length));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), crc.Value);
        return chunk;
    }
}
