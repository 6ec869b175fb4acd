using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;

namespace MedTune.Modalities.Images;

/// <summary>Writes PNG files: 8 bits, grey or red-green-blue, without any text or time (PNG, third edition, W3C 2025).</summary>
internal static class PngFile
{
    private const int Filters = 5;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The file of a picture.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    /// <param name="samples">[height, width, channels].</param>
    public static ImmutableArray<byte> Of(int width, int height, int channels, ReadOnlySpan<byte> samples)
    {
        if (channels is not (1 or 3) || samples.Length != (long)width * height * channels)
        {
            throw new ArgumentException($"A picture of {width} x {height} pixels and {channels} channels has not {samples.Length} samples.", nameof(samples));
        }

        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? 0 : 2);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Packed(width, height, channels, samples));
        Chunk(file, "IEND"u8, []);
        return [.. file.ToArray()];
    }

    private static byte[] Packed(int width, int height, int channels, ReadOnlySpan<byte> samples)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            int length = width * channels;
            byte[] above = new byte[length], best = new byte[length + 1], tried = new byte[length + 1];
            for (int y = 0; y < height; y++)
            {
                var row = samples.Slice(y * length, length);
                long least = long.MaxValue;
                for (int filter = 0; filter < Filters; filter++)
                {
                    long size = Filter(filter, row, above, channels, tried);
                    if (size < least)
                    {
                        (least, best, tried) = (size, tried, best);
                    }
                }

                stream.Write(best);
                row.CopyTo(above);
            }
        }

        return packed.ToArray();
    }

    /// <summary>Filters a row, and says how large what is left is: the sum of its values taken as signed bytes, as the standard advises.</summary>
    private static long Filter(int filter, ReadOnlySpan<byte> row, byte[] above, int step, byte[] filtered)
    {
        filtered[0] = (byte)filter;
        long size = 0;
        for (int i = 0; i < row.Length; i++)
        {
            (int left, int corner) = i < step ? (0, 0) : (row[i - step], above[i - step]);
            int expected = filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            };
            byte rest = (byte)(row[i] - expected);
            filtered[i + 1] = rest;
            size += Math.Abs((int)(sbyte)rest);
        }

        return size;
    }

    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        (int a, int b, int c) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(name);
        file.Write(content);
        uint check = uint.MaxValue;
        foreach (byte value in name)
        {
            check = Table[(check ^ value) & 0xFF] ^ (check >> 8);
        }

        foreach (byte value in content)
        {
            check = Table[(check ^ value) & 0xFF] ^ (check >> 8);
        }

        BinaryPrimitives.WriteUInt32BigEndian(number, ~check);
        file.Write(number);
    }

    /// <summary>The remainder of a byte by the polynomial of CRC-32 (ISO 3309), bits reversed.</summary>
    private static uint Remainder(int value)
    {
        uint remainder = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
        }

        return remainder;
    }
}
