using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MedTune.Data.Images;

/// <summary>Measures a picture.</summary>
internal static class PictureMeasurement
{
    private const int Side = 64;
    private const int Deep = 6; // a tenth of the side
    private const int LargeSide = 256;
    private const float White = 0.97f;
    private const float Dark = 0.5f;

    /// <summary>The measures of a picture.</summary>
    public static PictureMeasures Of(PixelImage image)
    {
        // One pass over the pixels; what is smaller is made from its result. Small pictures have no letters to look for.
        int side = Math.Min(image.Width, image.Height) < LargeSide / 2 ? Side : LargeSide;
        float[] grey = AreaResize.Grey(image, side, side);
        float[] small = AreaResize.Smaller(grey, side, Side);
        double mean = small.Average(value => (double)value);
        double square = small.Average(value => (value - mean) * (value - mean));
        byte[] thumbnail = Array.ConvertAll(AreaResize.Smaller(small, Side, PerceptualHash.Side), value => (byte)Math.Clamp((value * 255) + 0.5f, 0, 255));
        return new PictureMeasures(
            image.Width, image.Height, IsGrey(image), mean, Math.Sqrt(square), Border(small), side == LargeSide ? Marks(grey) : 0, Digest(image))
        {
            Range = image.High - image.Low,
            Thumbnail = thumbnail,
            Hash = PerceptualHash.Of(thumbnail),
        };
    }

    private static bool IsGrey(PixelImage image)
    {
        if (image.Channels == 3)
        {
            for (int i = 0; i < image.Samples.Length; i += 3)
            {
                if (image.Samples[i] != image.Samples[i + 1] || image.Samples[i] != image.Samples[i + 2])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static ImmutableArray<double> Border(float[] small)
    {
        var places = ImmutableArray.CreateBuilder<double>(12);
        for (int side = 0; side < 4; side++)
        {
            for (int third = 0; third < 3; third++)
            {
                (int from, int to) = (third * Side / 3, (third + 1) * Side / 3);
                double sum = 0;
                for (int along = from; along < to; along++)
                {
                    for (int deep = 0; deep < Deep; deep++)
                    {
                        (int x, int y) = side switch
                        {
                            0 => (along, deep),
                            1 => (Side - 1 - deep, along),
                            2 => (Side - 1 - along, Side - 1 - deep),
                            _ => (deep, Side - 1 - along),
                        };
                        sum += small[(y * Side) + x];
                    }
                }

                places.Add(sum / ((to - from) * Deep));
            }
        }

        return places.MoveToImmutable();
    }

    /// <summary>Of the pixels in the outer fifth, the share that is white within two columns of a dark one.</summary>
    private static double Marks(float[] grey)
    {
        const int margin = LargeSide / 5;
        (int marked, int looked) = (0, 0);
        for (int y = 0; y < LargeSide; y++)
        {
            bool isOuterRow = y < margin || y >= LargeSide - margin;
            for (int x = 2; x < LargeSide - 2; x++)
            {
                if (!isOuterRow && x >= margin && x < LargeSide - margin)
                {
                    continue;
                }

                int at = (y * LargeSide) + x;
                looked++;
                marked += grey[at] >= White && (grey[at - 2] <= Dark || grey[at + 2] <= Dark) ? 1 : 0;
            }
        }

        return (double)marked / looked;
    }

    private static string Digest(PixelImage image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<float>([image.Width, image.Height, image.Channels, image.Low, image.High]));
        hash.AppendData(MemoryMarshal.AsBytes<float>(image.Samples));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
