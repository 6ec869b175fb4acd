using System.Buffers.Binary;
using System.IO.Compression;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests.Graphs;

/// <summary>The pictures of <c>tests/TestData/Models/record.mjs</c>: 224 x 224 pixels of three bytes (RGB), made by the same formulas or cut from the same photographs.</summary>
internal static class SamplePictures
{
    public const int Side = 224;

    /// <summary>A picture's pixels, or null where its photograph is not on this machine.</summary>
    public static byte[]? Find(string name) => name switch
    {
        "noise" => Noise(),
        "waves" => Waves(),
        "cat" => Photograph(Repository.PathOf("artifacts/photos/chelsea.png")),
        "coffee" => Photograph(Repository.PathOf("artifacts/photos/coffee.png")),
        "chest" => Photograph(SharedData.Find("images/cxr_fullsize_ccby/img/thnov10p5641g006-c.png")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such picture."),
    };

    /// <summary>Pictures as the catalogue says the model wants them: (value - mean) / deviation, channels in its order.</summary>
    public static Tensor<float> Images(InputNormalization form, string[] pictures)
    {
        int pixels = form.Height * form.Width;
        var images = new Tensor<float>(new Shape(pictures.Length, 3, form.Height, form.Width));
        for (int picture = 0; picture < pictures.Length; picture++)
        {
            byte[] bytes = Find(pictures[picture])!;
            for (int i = 0; i < 3 * pixels; i++)
            {
                int channel = i / pixels, source = form.Order == "BGR" ? 2 - channel : channel;
                images.Values[(picture * 3 * pixels) + i] = (float)((bytes[(3 * (i % pixels)) + source] - form.Mean[channel]) / form.Deviation[channel]);
            }
        }

        return images;
    }

    private static byte[] Noise()
    {
        uint state = 12345;
        var pixels = new byte[Side * Side * 3];
        foreach (ref byte value in pixels.AsSpan())
        {
            state = (state * 1664525u) + 1013904223u;
            value = (byte)(state >> 24);
        }

        return pixels;
    }

    private static byte[] Waves() => [.. Enumerable.Range(0, Side * Side * 3).Select(i => (byte)((X(i) * ((i % 3) + 1)) + (Y(i) * (3 - (i % 3)))))];

    private static int X(int i) => i / 3 % Side;

    private static int Y(int i) => i / 3 / Side;

    /// <summary>The square in the middle; of every pixel of the answer the one nearest to its centre.</summary>
    private static byte[]? Photograph(string? path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var (width, height, pixels) = ReadPng(File.ReadAllBytes(path));
        int square = Math.Min(width, height), left = (width - square) / 2, top = (height - square) / 2;
        int At(int i) => ((2 * i) + 1) * square / (2 * Side);
        return [.. Enumerable.Range(0, Side * Side * 3).Select(i => pixels[((((top + At(Y(i))) * width) + left + At(X(i))) * 3) + (i % 3)])];
    }

    /// <summary>A PNG of three 8-bit channels, not interlaced; nothing else is read.</summary>
    private static (int Width, int Height, byte[] Pixels) ReadPng(byte[] file)
    {
        int Number(int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
        var (width, height) = (Number(16), Number(20));
        Assert.Equal((8, 2, 0), (file[24], file[25], file[28]));
        using var packed = new MemoryStream();
        for (int at = 8; at < file.Length; at += Number(at) + 12)
        {
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(file.AsSpan(at + 8, Number(at)));
            }
        }

        packed.Position = 0;
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        int stride = width * 3;
        byte[] pixels = new byte[stride * height], row = new byte[stride + 1];
        for (int y = 0; y < height; y++)
        {
            rows.ReadExactly(row);
            for (int i = 0; i < stride; i++)
            {
                int at = (y * stride) + i, left = i < 3 ? 0 : pixels[at - 3], up = y == 0 ? 0 : pixels[at - stride];
                int corner = i < 3 || y == 0 ? 0 : pixels[at - stride - 3];
                pixels[at] = (byte)(row[i + 1] + row[0] switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    _ => Nearest(left, up, corner),
                });
            }
        }

        return (width, height, pixels);
    }

    private static int Nearest(int left, int up, int corner)
    {
        int guess = left + up - corner, a = Math.Abs(guess - left), b = Math.Abs(guess - up), c = Math.Abs(guess - corner);
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
