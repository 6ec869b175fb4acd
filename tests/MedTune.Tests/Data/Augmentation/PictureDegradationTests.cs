using MedTune.Data.Augmentation;

namespace MedTune.Tests.Data.Augmentation;

/// <summary>Every kind of loss grows, and is the same whenever it is asked for.</summary>
public sealed class PictureDegradationTests
{
    public static TheoryData<string> Kinds => [.. PictureDegradation.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_HighestLevel_LosesMoreThanTheLowest(string name)
    {
        var kind = PictureDegradation.All.Single(each => each.Name == name);
        float[] clean = Picture().Samples;
        var losses = new List<double>();
        for (int level = 1; level <= PictureDegradation.Levels; level++)
        {
            var once = Picture();
            kind.Apply(once, level, 5, 3);
            var again = Picture();
            kind.Apply(again, level, 5, 3);
            losses.Add(clean.Zip(once.Samples).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
            Assert.Equal(once.Samples, again.Samples);
            Assert.All(once.Samples, sample => Assert.InRange(sample, 0, 1));
        }

        Assert.True(losses[0] > 0 && losses[^1] > losses[0], string.Join(", ", losses));
        Assert.Equal(PictureDegradation.Levels, Enumerable.Range(1, PictureDegradation.Levels).Select(kind.Describe).Distinct().Count());
    }

    [Fact]
    public void Apply_Contrast_KeepsItsShareOfTheDifferences()
    {
        var picture = new TrainingPicture(2, 1, 1, [0.2f, 0.6f]);

        PictureDegradation.All.Single(kind => kind.Name == "contrast").Apply(picture, 3, 0, 0);

        Assert.Equal([0.3f, 0.5f], picture.Samples, (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Apply_UnknownLevel_IsRefused(int level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureDegradation.All[0].Apply(Picture(), level, 0, 0));

    /// <summary>Fine stripes on a ramp: something to lose for every kind.</summary>
    private static TrainingPicture Picture()
    {
        var samples = new float[60 * 48];
        for (int i = 0; i < samples.Length; i++)
        {
            (int x, int y) = (i % 60, i / 60);
            samples[i] = (0.5f * x / 60) + (y % 2 == 0 ? 0.2f : 0.35f);
        }

        return new TrainingPicture(60, 48, 1, samples);
    }
}
