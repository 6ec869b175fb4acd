using MedTune.Data.Images;
using MedTune.Prediction;

namespace MedTune.Modalities.Images;

/// <summary>Draws pictures small, and what matters in them in colour.</summary>
internal static class EvidencePictures
{
    private const double MostColour = 0.7;

    // From dark violet over teal to yellow, lighter at every step: even for the eye, and told apart without red and green (after viridis by van der Walt and Smith, CC0).
    private static readonly (double Red, double Green, double Blue)[] Colours =
        [(68, 1, 84), (71, 45, 123), (59, 82, 139), (44, 114, 142), (33, 145, 140), (40, 174, 128), (94, 201, 98), (173, 220, 48), (253, 231, 37)];

    /// <summary>A picture with at most so many pixels along its longer side.</summary>
    public static EvidencePicture Of(PixelImage picture, int longestSide)
    {
        var small = PictureThumbnail.Of(picture, longestSide);
        byte[] samples = new byte[small.Samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = Byte(Share(small, i) * 255);
        }

        return new EvidencePicture(small.Width, small.Height, PngFile.Of(small.Width, small.Height, small.Channels, samples));
    }

    /// <summary>A picture in grey with a map over it: no colour at 0, the most and lightest at 1.</summary>
    public static EvidencePicture Overlay(PixelImage picture, SaliencyMap map, int longestSide)
    {
        var small = PictureThumbnail.Of(picture, longestSide);
        float[] values = map.At(small.Width, small.Height);
        byte[] samples = new byte[values.Length * 3];
        for (int i = 0; i < values.Length; i++)
        {
            double grey = 0;
            for (int channel = 0; channel < small.Channels; channel++)
            {
                grey += Share(small, (i * small.Channels) + channel) * 255 / small.Channels;
            }

            var (red, green, blue) = Colour(values[i]);
            double share = values[i] * MostColour;
            samples[i * 3] = Byte((grey * (1 - share)) + (red * share));
            samples[(i * 3) + 1] = Byte((grey * (1 - share)) + (green * share));
            samples[(i * 3) + 2] = Byte((grey * (1 - share)) + (blue * share));
        }

        return new EvidencePicture(small.Width, small.Height, PngFile.Of(small.Width, small.Height, 3, samples));
    }

    /// <summary>The colour of a value from 0 to 1: red, green and blue, 0 to 255.</summary>
    public static (double Red, double Green, double Blue) Colour(double value)
    {
        double place = Math.Clamp(value, 0, 1) * (Colours.Length - 1);
        int index = Math.Min((int)place, Colours.Length - 2);
        double share = place - index;
        var (low, high) = (Colours[index], Colours[index + 1]);
        return (Between(low.Red, high.Red), Between(low.Green, high.Green), Between(low.Blue, high.Blue));

        double Between(double from, double to) => from + ((to - from) * share);
    }

    /// <summary>A sample from 0 (black) to 1.</summary>
    public static double Share(PixelImage picture, int sample) => (picture.Samples[sample] - picture.Low) / (picture.High - picture.Low);

    /// <summary>The nearest byte.</summary>
    public static byte Byte(double value) => (byte)Math.Clamp(value + 0.5, 0, 255);
}
