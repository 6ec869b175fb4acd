using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tensors;

namespace MedTune.Tests.Data.Images;

/// <summary>Cleaning finds what is blank, tiny, unreadable, there twice or written on, and counts what is left.</summary>
public sealed class ImageInspectionTests
{
    [Fact]
    public void Run_EachFault_IsFoundAndCounted()
    {
        var pictures = Enumerable.Range(0, 40).Select(i => (PixelImage?)Texture(64, 64, (ulong)i)).ToList();
        pictures.Add(Filled(64, 64, 0.3f)); // 40: blank
        pictures.Add(Texture(10, 64, 99)); // 41: tiny
        pictures.Add(Changed(pictures[3], sample => (sample * 0.9f) + 10)); // 42: 3 again, paler
        pictures.Add(pictures[5]); // 43: 5 again
        pictures.Add(null); // 44: unreadable
        string[] parts = [.. Enumerable.Range(0, pictures.Count).Select(i => i is 42 or 43 ? "test" : "train")];
        var images = Set(pictures, parts, i => i is 42 ? 1 : i % 2);
        var inspection = ImageInspection.Run(images, 3);

        Assert.Equal([(3, 42, false), (5, 43, true)], inspection.Twins.Select(twin => (twin.First, twin.Second, twin.IsExact)));
        Assert.Equal(
            [(3, ImageExclusion.TwinElsewhere), (5, ImageExclusion.TwinElsewhere), (40, ImageExclusion.Blank), (41, ImageExclusion.Tiny), (44, ImageExclusion.Unreadable)],
            inspection.LeftOut.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(45, inspection.Flow(images)[0].Images);
        Assert.Equal(40, inspection.Flow(images)[^1].Images);
        Assert.Equal("picture 44 is broken", Assert.Single(inspection.Refusals).Value);
        string[] expected =
        [
            ImageFindingCodes.Unreadable, ImageFindingCodes.Tiny, ImageFindingCodes.Blank, ImageFindingCodes.Same, ImageFindingCodes.NearlySame, ImageFindingCodes.AcrossParts,
        ];
        Assert.Equal(expected, inspection.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Run_AnyThreads_GivesTheSame()
    {
        var images = Set([.. Enumerable.Range(0, 30).Select(i => (PixelImage?)Texture(40, 30, (ulong)(i % 20)))], null, i => i % 2);
        string one = Described(ImageInspection.Run(images, 1)), four = Described(ImageInspection.Run(images, 4));
        Assert.Equal(one, four);
        static string Described(ImageInspection inspection) =>
            string.Join('\n', inspection.Twins) + string.Join('\n', inspection.Measures.Select(measure => measure!.Digest + measure.Mean));
    }

    [Fact]
    public void Measures_LettersInTheCorner_AreSeenAndPlainPicturesAreNot()
    {
        var plain = Texture(300, 300, 1, darkest: 60, brightest: 150);
        float[] written = [.. plain.Samples];
        for (int y = 12; y < 40; y++)
        {
            for (int x = 250; x < 280; x++)
            {
                written[(y * 300) + x] = x % 10 < 5 ? 255 : 20; // strokes, as of a letter
            }
        }

        Assert.Equal(0, PictureMeasurement.Of(plain).BurntInMarks);
        Assert.True(PictureMeasurement.Of(new PixelImage(300, 300, 1, written, 0, 255)).BurntInMarks > 0.001);
    }

    [Fact]
    public void Measures_Border_RunsClockwiseFromTheTopLeft()
    {
        float[] samples = new float[60 * 60];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = i / 60 < 6 && i % 60 >= 40 ? 255 : 0; // the last third of the top
        }

        var border = PictureMeasurement.Of(new PixelImage(60, 60, 1, samples, 0, 255)).Border;
        Assert.True(border[2] > 0.9);
        Assert.All(border.Where((_, i) => i is not (2 or 3)), place => Assert.True(place < 0.01));
    }

    [Theory]
    [InlineData(1.0f, 0f)]
    [InlineData(0.8f, 20f)]
    [InlineData(1.1f, -5f)]
    public void PerceptualHash_ContrastAndScale_ChangeFewBits(float contrast, float brightness)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var picture = Texture(96, 96, seed, darkest: 40, brightest: 200);
            ulong one = PictureMeasurement.Of(picture).Hash;
            ulong other = PictureMeasurement.Of(Halved(Changed(picture, sample => (sample * contrast) + brightness))).Hash;
            Assert.InRange(PerceptualHash.Distance(one, other), 0, TwinSearch.LargestDistance);
            Assert.True(PerceptualHash.Distance(one, PictureMeasurement.Of(Texture(96, 96, seed + 100)).Hash) > 8);
        }
    }

    private static ImageSet Set(List<PixelImage?> pictures, string[]? parts, Func<int, int> label) => new(
        "made",
        ["no", "yes"],
        false,
        [.. pictures.Select((_, i) => new ImageSample($"{i}", [label(i)], Part: parts?[i]) { Place = new PicturePlace("", i) })],
        [],
        (place, _) => pictures[(int)place.Index] ?? throw new DataException($"picture {place.Index} is broken"));

    /// <summary>A smooth random picture: a few waves.</summary>
    private static PixelImage Texture(int width, int height, ulong seed, float darkest = 0, float brightest = 255)
    {
        var random = new Philox(seed, RandomPurpose.Search, 40);
        double[] waves = [.. Enumerable.Range(0, 24).Select(i => random.UniformDouble((ulong)i) * 6)];
        double[] values = new double[width * height];
        for (int i = 0; i < values.Length; i++)
        {
            (double x, double y) = (i % width / (double)width, i / width / (double)height);
            for (int wave = 0; wave < waves.Length; wave += 3)
            {
                values[i] += DoubleMath.Sin((waves[wave] * x * 2) + (waves[wave + 1] * y * 2) + waves[wave + 2]);
            }
        }

        (double low, double high) = (values.Min(), values.Max());
        return new PixelImage(width, height, 1, [.. values.Select(value => (float)Math.Round(darkest + ((value - low) / (high - low) * (brightest - darkest))))], 0, 255);
    }

    private static PixelImage Filled(int width, int height, float value) => new(width, height, 1, [.. Enumerable.Repeat(value, width * height)], 0, 1);

    private static PixelImage Changed(PixelImage? image, Func<float, float> change) =>
        new(image!.Width, image.Height, image.Channels, [.. image.Samples.Select(change)], image.Low, image.High);

    private static PixelImage Halved(PixelImage image)
    {
        (int width, int height) = (image.Width / 2, image.Height / 2);
        float[] samples = new float[width * height];
        for (int i = 0; i < samples.Length; i++)
        {
            int at = (i / width * 2 * image.Width) + (i % width * 2);
            samples[i] = (image.Samples[at] + image.Samples[at + 1] + image.Samples[at + image.Width] + image.Samples[at + image.Width + 1]) / 4;
        }

        return new PixelImage(width, height, 1, samples, image.Low, image.High);
    }
}
