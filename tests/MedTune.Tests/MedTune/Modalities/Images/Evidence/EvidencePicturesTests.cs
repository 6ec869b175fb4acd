using MedTune.Data.Images;
using MedTune.Modalities.Images;
using MedTune.Prediction;

namespace MedTune.Tests;

public sealed class EvidencePicturesTests
{
    [Fact]
    public void Colour_RisingValues_GetEvenlyLighter()
    {
        double[] lightness = [.. Enumerable.Range(0, 17).Select(i => Lightness(EvidencePictures.Colour(i / 16.0)))];

        // From about 15 to about 91 of 100, in steps that differ little.
        double[] steps = [.. lightness.Skip(1).Zip(lightness, (next, before) => next - before)];
        Assert.InRange(lightness[0], 10, 20);
        Assert.InRange(lightness[^1], 85, 95);
        Assert.All(steps, step => Assert.InRange(step, 3, 7));
    }

    [Fact]
    public void Overlay_Map_ColoursWhereItMatters()
    {
        var picture = new PixelImage(8, 4, 1, [.. Enumerable.Repeat(100f, 32)], 0, 200);
        var map = new SaliencyMap("Occlusion", 2, 1, [0, 1], "");

        byte[] samples = Decoded(EvidencePictures.Overlay(picture, map, 8));

        Assert.Equal([128, 128, 128], samples[..3]);
        Assert.True(samples[21] > samples[23] + 80, "the right end is yellow");
    }

    [Fact]
    public void Of_SixteenBits_AreScaledToTheRange()
    {
        var picture = new PixelImage(2, 1, 1, [-1000, 3000], -1000, 3000);

        Assert.Equal([0, 255], Decoded(EvidencePictures.Of(picture, 224)));
    }

    /// <summary>Lightness of sRGB (CIE 1976).</summary>
    private static double Lightness((double Red, double Green, double Blue) colour)
    {
        double luminance = (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));
        return luminance > 0.008856 ? (116 * Math.Pow(luminance, 1.0 / 3)) - 16 : 903.3 * luminance;

        static double Linear(double value) => value / 255 <= 0.04045 ? value / 255 / 12.92 : Math.Pow(((value / 255) + 0.055) / 1.055, 2.4);
    }

    private static byte[] Decoded(EvidencePicture picture) => PngReading.Samples([.. picture.Png]);
}
