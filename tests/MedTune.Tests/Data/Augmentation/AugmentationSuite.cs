using MedTune.Data.Augmentation;
using MedTune.Tensors;

namespace MedTune.Tests.Data.Augmentation;

/// <summary>What every registered change of a picture must do.</summary>
public sealed class AugmentationSuite
{
    private static readonly (int Width, int Height, int Channels)[] Sizes = [(32, 32, 1), (32, 32, 3), (17, 40, 1), (41, 13, 3), (1, 1, 1), (2, 5, 3)];

    public static TheoryData<string> Names => [.. AugmentationRegistry.All.Select(augmentation => augmentation.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_NoStrength_ChangesNothing(string name)
    {
        foreach (var (width, height, channels) in Sizes)
        {
            var picture = Picture(width, height, channels);
            float[] before = [.. picture.Samples];
            AugmentationRegistry.Of(name).Apply(picture, new AugmentationDraw(1, 2, 3, 4), 0);
            for (int i = 0; i < before.Length; i++)
            {
                Assert.Equal(before[i], picture.Samples[i], 1e-6f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_AnyStrength_KeepsTheRangeAndGivesTheSameBits(string name)
    {
        foreach (var (width, height, channels) in Sizes)
        {
            for (int sample = 0; sample < 12; sample++)
            {
                var (one, other) = (Picture(width, height, channels), Picture(width, height, channels));
                double strength = (sample % 4 + 1) / 4.0;
                AugmentationRegistry.Of(name).Apply(one, new AugmentationDraw(7, 1, sample, 0), strength);
                AugmentationRegistry.Of(name).Apply(other, new AugmentationDraw(7, 1, sample, 0), strength);
                Assert.Equal(one.Samples, other.Samples);
                Assert.All(one.Samples, value => Assert.InRange(value, 0f, 1f));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_FullStrength_ChangesSomePicturesAndNotAllAlike(string name)
    {
        var seen = new HashSet<float>();
        for (int sample = 0; sample < 24; sample++)
        {
            var picture = Picture(32, 32, 3);
            AugmentationRegistry.Of(name).Apply(picture, new AugmentationDraw(11, 0, sample, 1), 1);
            seen.Add(picture.Samples.Select((value, i) => value * (i % 97)).Sum());
        }

        Assert.True(seen.Count >= (name.StartsWith("flip", StringComparison.Ordinal) ? 2 : 4), $"{seen.Count} different pictures");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_ChangesSides_OnlyWhereItSaysSo(string name)
    {
        var augmentation = AugmentationRegistry.Of(name);
        bool changed = false;
        for (int sample = 0; sample < 60; sample++)
        {
            // A bright left upper quarter, as an asymmetric organ.
            var picture = new TrainingPicture(32, 32, 1, [.. Enumerable.Range(0, 1024).Select(i => i % 32 < 14 && i / 32 < 14 ? 0.8f : 0.2f)]);
            augmentation.Apply(picture, new AugmentationDraw(5, 0, sample, 1), 1);
            double left = 0, right = 0;
            for (int i = 0; i < 1024; i++)
            {
                left += i % 32 < 16 && i / 32 < 16 ? picture.Samples[i] : 0;
                right += (i % 32 >= 16 || i / 32 >= 16) ? picture.Samples[i] / 3 : 0;
            }

            changed |= left < right;
        }

        Assert.Equal(augmentation.ChangesSides, changed);
    }

    [Fact]
    public void Registry_NamesAndDescriptions_AreThereOnce()
    {
        Assert.Equal(AugmentationRegistry.All.Length, AugmentationRegistry.All.Select(augmentation => augmentation.Name).Distinct().Count());
        Assert.All(AugmentationRegistry.All, augmentation => Assert.Matches("^[a-z][a-z-]+$", augmentation.Name));
        Assert.Contains("flip-horizontal", Assert.Throws<ArgumentException>(() => AugmentationRegistry.Of("flip")).Message, StringComparison.Ordinal);
    }

    internal static TrainingPicture Picture(int width, int height, int channels)
    {
        var random = new Philox(3, RandomPurpose.Search, (ulong)((width * 1000) + height));
        float[] samples = new float[width * height * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            (double x, double y) = (i / channels % width, i / channels / width);
            samples[i] = (float)(0.5 + (0.3 * DoubleMath.Sin((x * 0.3) + (i % channels))) + (0.15 * DoubleMath.Cos(y * 0.4)) + (0.04 * (random.UniformDouble((ulong)i) - 0.5)));
        }

        return new TrainingPicture(width, height, channels, samples);
    }
}
