using MedTune.Modalities.Images;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Which of several fits is kept.</summary>
public sealed class ImageFitTests
{
    private static readonly ImageBackbone Backbone = ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours);

    [Theory]
    [InlineData(new[] { 0.5, 0.4, 0.6, 0.5 }, new[] { 0.4, 0.3, 0.5, 0.4 }, 1)] // better by as much on each: more than chance
    [InlineData(new[] { 0.5, 0.4, 0.6, 0.5 }, new[] { 0.1, 0.8, 0.2, 0.8 }, 0)] // better on the whole, by luck
    [InlineData(new[] { 0.5, 0.4, 0.6, 0.5 }, new[] { 0.5, 0.4, 0.6, 0.5 }, 0)]
    [InlineData(new[] { 0.5, 0.4, 0.6, 0.5 }, new[] { 0.9, 0.8, 0.9, 0.9 }, 0)]
    public void Preferred_IsTheSafestUnlessAnotherIsBetterByAStandardError(double[] safe, double[] other, int expected) =>
        Assert.Equal(expected, ImageFit.Preferred([Fit(safe), Fit(other)]));

    private static ImageFit Fit(double[] losses) =>
        new("frozen", "", Backbone, new LinearMargins(new float[12], [0]), MarginCalibration.None, 0.5, [.. losses]);
}
