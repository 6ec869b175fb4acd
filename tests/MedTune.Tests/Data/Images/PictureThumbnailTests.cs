using MedTune.Data.Images;

namespace MedTune.Tests.Data;

public sealed class PictureThumbnailTests
{
    [Theory]
    [InlineData(200, 100, 50, 50, 25)]
    [InlineData(100, 200, 50, 25, 50)]
    [InlineData(1000, 1, 10, 10, 1)]
    [InlineData(30, 20, 30, 30, 20)]
    public void Of_Picture_KeepsItsProportions(int width, int height, int side, int expectedWidth, int expectedHeight)
    {
        var small = PictureThumbnail.Of(new PixelImage(width, height, 1, new float[width * height], 0, 255), side);

        Assert.Equal((expectedWidth, expectedHeight), (small.Width, small.Height));
    }

    [Fact]
    public void Of_ColouredPicture_IsTheMeanOfEachChannel()
    {
        // Two by two pixels become one: red 100 and 200, green 0 and 40, blue 10 everywhere, from a range of 10 to 210.
        float[] samples = [100, 0, 10, 200, 40, 10, 100, 0, 10, 200, 40, 10];

        var small = PictureThumbnail.Of(new PixelImage(2, 2, 3, samples, 10, 210), 1);

        Assert.Equal((1, 1, 3, 0, 1), (small.Width, small.Height, small.Channels, small.Low, small.High));
        Assert.Equal([0.7f, 0.05f, 0f], small.Samples, (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Of_SmallPicture_IsThePictureItself()
    {
        var picture = new PixelImage(3, 2, 1, new float[6], 0, 1);

        Assert.Same(picture, PictureThumbnail.Of(picture, 3));
    }
}
