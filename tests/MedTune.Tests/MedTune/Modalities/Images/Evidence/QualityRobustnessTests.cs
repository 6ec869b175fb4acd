using MedTune.Data.Images;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Tests;

public sealed class QualityRobustnessTests
{
    [Fact]
    public void Of_ModelOfDetail_FallsWithNoise()
    {
        // Answers by the brightest pixel, which noise outshines.
        var measured = Measure(TaskPool.Sequential)!;

        Assert.Equal(("auroc", 40, 100, "test"), (measured.Metric, measured.Pictures, measured.Of, measured.Part));
        Assert.Equal(["noise", "blur", "contrast", "jpeg", "resolution"], measured.Rows.Select(row => row.Name));
        Assert.All(measured.Rows, row =>
        {
            Assert.Equal((5, 6, 5), (row.Amounts.Length, row.Values.Length, row.Differences.Length));
            Assert.Equal(1, row.Values[0].Value);
        });
        var noise = measured.Rows[0];
        Assert.True(noise.Values[5].Value < 0.9, $"{noise.Values[5]}");
        Assert.True(noise.Differences[4].High < 0 && noise.Values.All(value => value.HasInterval));
    }

    [Fact]
    public void Of_AnyNumberOfThreads_GivesTheSameBits()
    {
        using var pool = new TaskPool(2);

        Assert.Equal(Measure(TaskPool.Sequential)!.Rows.SelectMany(row => row.Values), Measure(pool)!.Rows.SelectMany(row => row.Values));
    }

    [Theory]
    [InlineData(25)]
    [InlineData(38)]
    public void Of_StoppedByTheClock_GivesWhatAskingForSoFewGives(int done)
    {
        var cut = Measure(TaskPool.Sequential, timeIsUp: asked => asked >= done)!;
        var asked = Measure(TaskPool.Sequential, most: done)!;

        Assert.Equal(done, cut.Pictures);
        Assert.Equal(asked.Rows.SelectMany(row => row.Values), cut.Rows.SelectMany(row => row.Values));
        Assert.Equal(asked.Rows.SelectMany(row => row.Differences), cut.Rows.SelectMany(row => row.Differences));
        Assert.Null(Measure(TaskPool.Sequential, timeIsUp: picture => picture >= 19));
    }

    [Fact]
    public void Of_OneClass_IsNotMeasured()
    {
        var images = MadeSpots.Set(4);

        Assert.Null(QualityRobustness.Of(images, "oof", [0, 2], 10, pictures => [.. pictures.Select(_ => new[] { 0.5f, 0.5f })], 1, TaskPool.Sequential));
    }

    [Fact]
    public void Of_Model_AnswersAsTheFileDoes()
    {
        var images = MadeSpots.Set(10);
        using var saliency = new ImageSaliency(MadeSpots.Model(2));

        var measured = QualityRobustness.Of(images, "oof", [.. Enumerable.Range(0, 10)], 10, saliency.Probabilities, 1, TaskPool.Sequential)!;

        // One of ten labels is wrong: a spot among the six clear ones.
        Assert.InRange(measured.Rows[0].Values[0].Value, 0.8, 1);
        Assert.Equal(measured.Rows[0].Values[0], measured.Rows[4].Values[0]);
    }

    private static ImageRobustness? Measure(TaskPool pool, int most = 40, Func<int, bool>? timeIsUp = null)
    {
        var samples = Enumerable.Range(0, 100).Select(i => new ImageSample($"{i}.png", [i % 2]) { Place = new PicturePlace("", i) });
        var images = new ImageSet("", ["even", "odd"], false, [.. samples], [], (place, _) => Faint((int)place.Index));
        return QualityRobustness.Of(
            images, "test", [.. Enumerable.Range(0, 100)], most, pictures => [.. pictures.Select(Answer)], 1, pool, timeIsUp: timeIsUp);
    }

    private static float[] Answer(PixelImage picture)
    {
        float most = (picture.Samples.Max() - picture.Low) / (picture.High - picture.Low);
        return [1 - most, most];
    }

    /// <summary>Grey with one pixel that is a little lighter in pictures of odd numbers.</summary>
    private static PixelImage Faint(int number)
    {
        var samples = new float[32 * 32];
        Array.Fill(samples, 100);
        samples[(number * 37) % samples.Length] = number % 2 == 1 ? 110 + (number % 5) : 100;
        return new PixelImage(32, 32, 1, samples, 0, 255);
    }
}
