using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

/// <summary>How convolutions of single pixels are cut into tasks: equal parts, none too small.</summary>
public sealed class PassLayoutTests
{
    [Theory]
    [InlineData(56, 16, 64, 4)] // A small product is shared out all the same.
    [InlineData(28, 192, 32, 4)]
    [InlineData(13, 512, 1000, 1)] // Many weights: bands would read them again and again.
    [InlineData(7, 128, 256, 1)] // So few pixels that a band would use each weight once.
    public void Bands_OfALongRow_AreEqual(int width, int channels, int outputs, int bands)
    {
        var layout = Layout(width, channels, outputs);
        Assert.Equal(bands, layout.Bands);
        Assert.Equal((1, ((width * width) + bands - 1) / bands), layout.Band);
    }

    [Fact]
    public void Bands_OfLargeProducts_AreAMultipleOfFour()
    {
        var layout = Layout(112, 32, 64);
        Assert.Equal(0, layout.Bands % 4);
        Assert.True(layout.Bands >= 4);
    }

    [Fact]
    public void Groups_OneBand_GiveEveryThreadATask() => Assert.True(Layout(7, 128, 256).Groups(1, 2) >= 2);

    [Theory]
    [InlineData(24, 2)]
    [InlineData(17, 2)]
    [InlineData(25, 1)]
    [InlineData(32, 1)]
    public void Parts_LastBlockHalfEmpty_AreTwo(int channels, int parts) => Assert.Equal(parts, Layout(14, channels, 16).Parts);

    private static PassLayout Layout(int width, int channels, int outputs)
    {
        var shape = new ConvolutionShape
        {
            Batch = 1,
            Channels = channels,
            Height = width,
            Width = width,
            Outputs = outputs,
            OutputHeight = width,
            OutputWidth = width,
            FilterHeight = 1,
            FilterWidth = 1,
        };
        return new PassLayout(ConvolutionPass.Forward(shape), channels, ChannelBlocks.Size, (width, width), outputs, (width, width));
    }
}
