using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

/// <summary>Cutting into bands ends for images of every height, and its bands cover all rows.</summary>
public sealed class SeparableLayoutTests
{
    [Theory]
    [InlineData(1, 88, 512)]
    [InlineData(1, 96, 64)]
    [InlineData(4, 40, 512)]
    [InlineData(16, 300, 144)]
    public void Bands_OfEveryHeight_CoverAllRows(int batch, int width, int channels)
    {
        for (int height = 1; height <= 600; height++)
        {
            var depthwise = Shape(batch, channels, height, width, channels, 3);
            var layout = new SeparableLayout(Shape(batch, channels, height, width, channels, 1), depthwise, Shape(batch, channels, height, width, channels, 1));
            Assert.InRange(layout.BandRows, 1, height);
            Assert.True((layout.Bands - 1) * layout.BandRows < height && layout.Bands * layout.BandRows >= height);
        }
    }

    private static ConvolutionShape Shape(int batch, int channels, int height, int width, int outputs, int filter) => new()
    {
        Batch = batch,
        Channels = channels,
        Height = height,
        Width = width,
        Outputs = outputs,
        FilterHeight = filter,
        FilterWidth = filter,
        PadTop = filter / 2,
        PadLeft = filter / 2,
        OutputHeight = height,
        OutputWidth = width,
    };
}
