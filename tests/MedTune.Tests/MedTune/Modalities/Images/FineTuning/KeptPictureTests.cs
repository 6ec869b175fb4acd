using MedTune.Data.Augmentation;
using MedTune.Data.Images;
using MedTune.Modalities.Images;

namespace MedTune.Tests;

/// <summary>Pictures that wait for training, and their mixing.</summary>
public sealed class KeptPictureTests
{
    [Theory]
    [InlineData(100, 100, 100, 100)]
    [InlineData(125, 400, 125, 400)]
    [InlineData(250, 400, 125, 200)]
    [InlineData(1000, 500, 250, 125)]
    [InlineData(3001, 1024, 366, 125)]
    public void Of_LargePicture_KeepsAQuarterMorePixelsThanAreSeen(int height, int width, int keptHeight, int keptWidth)
    {
        var kept = KeptPicture.Of(Ramp(width, height, 3), 100, 100);

        Assert.Equal((keptHeight, keptWidth), (kept.Height, kept.Width));
    }

    [Fact]
    public void ToTraining_SmallerPicture_HasTheMeansOfItsPixels()
    {
        var picture = Ramp(15, 15, 3);
        var kept = KeptPicture.Of(picture, 4, 4).ToTraining();

        Assert.Equal((5, 5, 3), (kept.Width, kept.Height, kept.Channels));
        for (int i = 0; i < kept.Samples.Length; i++)
        {
            (int y, int x, int channel) = (i / 15, i / 3 % 5, i % 3);
            var area = Enumerable.Range(0, 9).Select(part => picture.Samples[((((y * 3) + (part / 3)) * 15) + (x * 3) + (part % 3)) * 3 + channel]);
            Assert.Equal((area.Average() - picture.Low) / (picture.High - picture.Low), kept.Samples[i], 2e-5f);
        }
    }

    [Fact]
    public void Of_SidesThatDoNotDivide_KeepsTheMean()
    {
        var picture = Ramp(37, 23, 1);
        var kept = KeptPicture.Of(picture, 9, 9).ToTraining();

        Assert.Equal((18, 11), (kept.Width, kept.Height));
        Assert.Equal((picture.Samples.Average() - picture.Low) / (picture.High - picture.Low), kept.Samples.Average(), 1e-5);
    }

    [Fact]
    public void Apply_MixupAndCutMix_MixesWithTheNextImageAsItWas()
    {
        using var resizer = new PictureResizer(TuningCase.Backbone);
        int[] samples = [.. Enumerable.Range(0, 40)];
        float[] images = [.. samples.SelectMany(sample => Enumerable.Repeat((float)sample, resizer.Length))];
        var mixed = ImageMixing.Apply(images, resizer, new AugmentationPolicy { Mixup = 0.4, CutMix = 0.4 }, 1, 2, samples);

        for (int i = 0; i < samples.Length; i++)
        {
            int partner = (i + 1) % samples.Length;
            double expected = (mixed[i].Share * i) + ((1 - mixed[i].Share) * partner);
            Assert.Equal(expected, images.AsSpan(i * resizer.Length, resizer.Length).ToArray().Average(), 1e-3);
            Assert.Equal(mixed[i].Share == 1 ? i : partner, mixed[i].Other);
        }

        Assert.Contains(mixed, mix => mix.Share == 1);
        Assert.Contains(mixed, mix => mix.Share < 1);
    }

    private static PixelImage Ramp(int width, int height, int channels) =>
        new(width, height, channels, [.. Enumerable.Range(0, width * height * channels).Select(i => (float)(10 + (i * 37 % 200)))], 5, 250);
}
