using System.Buffers.Binary;
using System.Text;
using MedTune.Data.Images;
using MedTune.Modalities.Images;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests;

/// <summary>What is written is read again, by the letter of the standard and by libvips.</summary>
public sealed class PngFileTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 1)]
    [InlineData(31, 17, 3)]
    [InlineData(224, 160, 3)]
    public void Of_Samples_AreReadAgain(int width, int height, int channels)
    {
        byte[] samples = Samples(width, height, channels);

        byte[] file = [.. PngFile.Of(width, height, channels, samples)];

        var chunks = Chunks(file);
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Name));
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(chunks[0].Content));
        Assert.Equal(height, BinaryPrimitives.ReadInt32BigEndian(chunks[0].Content.AsSpan(4)));
        Assert.Equal([8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0], chunks[0].Content[8..]);
        Assert.Equal(samples, PngReading.Unfiltered(chunks[1].Content, width * channels, height, channels));
        if (!NativeLibraries.Has(NativeLibraries.Vips))
        {
            output.WriteLine("Left out: libvips is not there to read it too.");
            return;
        }

        Assert.Equal(samples, PictureReader.Decode(file, 0, "made.png").Samples.Select(sample => (byte)sample));
    }

    [Fact]
    public void Of_SmoothPicture_IsMuchSmallerThanItsSamples()
    {
        byte[] ramp = [.. Enumerable.Range(0, 200 * 200).Select(i => (byte)((i % 200) + (i / 200 / 8)))];

        Assert.InRange(PngFile.Of(200, 200, 1, ramp).Length, 60, 3000);
    }

    [Fact]
    public void Of_WrongNumberOfSamples_IsRefused() => Assert.Throws<ArgumentException>(() => PngFile.Of(2, 2, 3, new byte[4]));

    private static byte[] Samples(int width, int height, int channels)
    {
        var noise = new Philox(1, 0, 0);
        return [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)(i % 97 < 60 ? i / channels : noise.Below(256, (ulong)i)))];
    }

    private static List<(string Name, byte[] Content)> Chunks(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new List<(string, byte[])>();
        for (int place = 8; place < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(place));
            byte[] named = file[(place + 4)..(place + 8 + length)];
            Assert.Equal(Crc(named), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(place + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(named, 0, 4), named[4..]));
            place += 12 + length;
        }

        return chunks;
    }

    /// <summary>CRC-32 bit by bit, as its definition says.</summary>
    private static uint Crc(byte[] bytes)
    {
        uint remainder = uint.MaxValue;
        foreach (byte value in bytes)
        {
            remainder ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) * 0xEDB88320);
            }
        }

        return ~remainder;
    }
}
