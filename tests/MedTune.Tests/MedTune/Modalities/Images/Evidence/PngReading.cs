using System.Buffers.Binary;
using System.IO.Compression;

namespace MedTune.Tests;

/// <summary>Reads the pictures that evidence shows.</summary>
internal static class PngReading
{
    /// <summary>The samples of a file with one chunk of 8-bit grey or red-green-blue pixels.</summary>
    public static byte[] Samples(byte[] file)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20));
        int step = file[25] == 0 ? 1 : 3, length = width * step, size = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        return Unfiltered(file[41..(41 + size)], length, height, step);
    }

    /// <summary>Unpacks the rows and takes their filters back.</summary>
    public static byte[] Unfiltered(byte[] packed, int length, int height, int step)
    {
        using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        byte[] samples = new byte[length * height], row = new byte[length + 1];
        for (int y = 0; y < height; y++)
        {
            stream.ReadExactly(row);
            for (int i = 0; i < length; i++)
            {
                int left = i < step ? 0 : samples[(y * length) + i - step], above = y == 0 ? 0 : samples[((y - 1) * length) + i];
                int corner = i < step || y == 0 ? 0 : samples[((y - 1) * length) + i - step];
                int paeth = new[] { left, above, corner }.MinBy(value => Math.Abs(left + above - corner - value));
                samples[(y * length) + i] = (byte)(row[i + 1] + new[] { 0, left, above, (left + above) / 2, paeth }[row[0]]);
            }
        }

        Assert.Equal(-1, stream.ReadByte());
        return samples;
    }
}
