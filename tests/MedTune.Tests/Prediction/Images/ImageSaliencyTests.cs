using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Maps must point at what the model was built to look for.</summary>
public sealed class ImageSaliencyTests
{
    private const int Side = MadeSpots.Side;

    [Theory]
    [InlineData(8, 10, 1, 2)]
    [InlineData(40, 12, 3, 2)]
    [InlineData(20, 44, 1, 3)]
    public void Maps_BrightObject_PointAtIt(int left, int top, int channels, int classes)
    {
        var picture = MadeSpots.Picture(left, top, channels);
        using var saliency = new ImageSaliency(OnnxFile.Read(OnnxFile.ToBytes(MadeSpots.Model(classes))));

        foreach (var map in new[] { saliency.GradCam(picture, 1)!, saliency.Occlusion(picture, 1) })
        {
            float[] values = map.At(Side * 2, Side);
            int peak = Array.IndexOf(values, values.Max());
            Assert.All(map.Values, value => Assert.InRange(value, 0, 1));
            Assert.Equal(1, map.Values.Max());

            // The middle of the spot, within a cell of the map.
            Assert.InRange(peak % (Side * 2), (2 * left) - 8, (2 * left) + 32);
            Assert.InRange(peak / (Side * 2), top - 4, top + 16);
            double inside = Enumerable.Range(0, values.Length).Where(i => IsInside(i % (Side * 2) / 2, left) && IsInside(i / (Side * 2), top)).Average(i => values[i]);
            double outside = Enumerable.Range(0, values.Length).Where(i => !IsInside(i % (Side * 2) / 2, left) || !IsInside(i / (Side * 2), top)).Average(i => values[i]);
            Assert.True(inside > 5 * outside, $"{map.Method}: {inside:0.000} inside, {outside:0.000} outside");
        }
    }

    [Fact]
    public void Maps_ClassThatNothingSpeaksFor_AreEmptyAndSaySo()
    {
        using var saliency = new ImageSaliency(MadeSpots.Model(2));

        var maps = new[] { saliency.GradCam(MadeSpots.Picture(20, 20, 1), 0)!, saliency.Occlusion(MadeSpots.Picture(20, 20, 1), 0) };

        Assert.All(maps, map => Assert.All(map.Values, value => Assert.Equal(0, value)));
        Assert.Contains("Nothing", maps[0].Meaning, StringComparison.Ordinal);
        Assert.Contains("no place", maps[1].Meaning, StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_AnyNumberOfThreads_HaveTheSameBits()
    {
        using var pool = new TaskPool(2);
        using var one = new ImageSaliency(MadeSpots.Model(2));
        using var two = new ImageSaliency(MadeSpots.Model(2), null, pool);
        var picture = MadeSpots.Picture(20, 30, 3);

        Assert.Equal(one.GradCam(picture, 1)!.Values, two.GradCam(picture, 1)!.Values);
        Assert.Equal(one.Occlusion(picture, 1).Values, two.Occlusion(picture, 1).Values);
        Assert.Equal(one.Probabilities(picture), MadePictures.Answer(MadeSpots.Model(2), ModelFile.ProbabilitiesOutput, picture));
    }

    [Fact]
    public void GradCam_NetworkWithoutPlaces_SaysSo()
    {
        var backbone = ImageBackbone.Of(MadePictures.Network(side: 4), MadePictures.Colours with { Height = 4, Width = 4 });
        var head = new ImageHead(new LinearMargins(new float[backbone.Width], [0]), [MarginCalibration.None], false);
        var graph = head.OnTopOf(backbone);
        var values = ImageGraphValues.Find(graph);
        using var saliency = new ImageSaliency(graph, values with { FeatureMap = null });

        Assert.Null(saliency.GradCam(MadeSpots.Picture(1, 1, 1), 1));
        Assert.Contains("no Grad-CAM", saliency.NoGradCam, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_Network_NamesTheLastMapAndWhatTheHeadReads()
    {
        var backbone = ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours);
        var head = new ImageHead(new LinearMargins(new float[backbone.Width * 3], new float[3]), [MarginCalibration.None], false);
        var graph = head.OnTopOf(backbone);

        var values = ImageGraphValues.Find(graph);

        Assert.Equal([4, 4], graph.Types[values.FeatureMap!].Dimensions.Skip(2).Select(dimension => dimension.Value!.Value));
        Assert.Equal(backbone.Width, graph.Types[values.Features].Dimensions[1].Value);
        Assert.Throws<InvalidGraphException>(() => ImageGraphValues.Find(MadePictures.Network()));
    }

    private static bool IsInside(int place, int from) => place >= from - 2 && place < from + 14;
}
