using MedTune.Data;
using MedTune.Data.Augmentation;
using MedTune.Data.Images;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Tests;

/// <summary>Features of pictures: those of the file, whatever stands beside a picture and however many threads work.</summary>
public sealed class ImageFeaturesTests
{
    private const int Count = 70;

    private static readonly ImageBackbone Backbone = ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours);

    [Fact]
    public void Of_PicturesOfManySizes_GivesWhatTheFileGives()
    {
        using var features = new ImageFeatures(Backbone, TaskPool.Sequential);
        var pixels = PixelGraph.Of(Backbone);

        var found = features.Of(Count, Picture);

        foreach (int sample in new[] { 0, 1, 2, 40, Count - 1 })
        {
            float[] expected = MadePictures.Answer(pixels.Graph, pixels.Features, Picture(sample));
            Assert.All(expected.Zip(found.Row(sample).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void Of_AnyNumberOfThreads_GivesTheSameBits()
    {
        using var pool = new TaskPool(3);
        using var alone = new ImageFeatures(Backbone, TaskPool.Sequential);
        using var together = new ImageFeatures(Backbone, pool);
        var policy = AugmentationPreset.Of("chest-x-ray");

        var first = alone.Of(Count, Picture, 3, policy, 5);
        var second = together.Of(Count, Picture, 3, policy, 5);

        Assert.Equal(first.Values, second.Values);
    }

    [Fact]
    public void Of_SeveralVariants_BeginsWithThePictureAsItIs()
    {
        using var features = new ImageFeatures(Backbone, TaskPool.Sequential);

        var plain = features.Of(Count, Picture);
        var changed = features.Of(Count, Picture, 2, AugmentationPreset.Of("general"), 5);

        Assert.All(Enumerable.Range(0, Count), sample => Assert.Equal(plain.Row(sample).ToArray(), changed.Row(sample).ToArray()));
        Assert.Contains(Enumerable.Range(0, Count), sample => !changed.Row(sample).SequenceEqual(changed.Row(sample, 1)));
    }

    [Fact]
    public void Of_WhenStopped_EndsAndTellsHowFarItIs()
    {
        using var features = new ImageFeatures(Backbone, TaskPool.Sequential);
        using var stop = new CancellationTokenSource();
        var seen = new Reports(report => stop.Cancel());

        Assert.Throws<OperationCanceledException>(() => features.Of(1000, Picture, progress: seen, cancellation: stop.Token));

        var report = Assert.Single(seen.All);
        Assert.Equal(1000, report.Total);
        Assert.InRange(report.Done, 1, 999);
    }

    [Fact]
    public void Of_PictureThatCannotBeRead_PassesTheRefusalOn()
    {
        using var pool = new TaskPool(2);
        using var features = new ImageFeatures(Backbone, pool);

        Assert.Throws<DataException>(() => features.Of(Count, sample => sample == 33 ? throw new DataException("damaged") : Picture(sample)));
    }

    [Fact]
    public void Of_NetworkThatGivesNoNumbers_IsRefused()
    {
        var broken = ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours with { Deviation = [1e-45, 1, 1] });
        using var features = new ImageFeatures(broken, TaskPool.Sequential);

        var refusal = Assert.Throws<ModelFileException>(() => features.Of(Count, Picture));

        Assert.StartsWith("The network gives infinite values", refusal.Message, StringComparison.Ordinal);
    }

    private static PixelImage Picture(int sample) =>
        MadePictures.Picture(sample, sample % 3, 20 + (sample % 4), 30 - (sample % 3), sample % 2 == 0 ? 1 : 3, sample % 5 == 0 ? 4095 : 255);

    private sealed class Reports(Action<TrainingProgress> then) : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value)
        {
            All.Add(value);
            then(value);
        }
    }
}
