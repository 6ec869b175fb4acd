using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

/// <summary>Chains of convolutions computed band by band against the same convolutions one after the other: bit by bit.</summary>
[Trait("Category", "InstructionSet")]
public sealed class SeparableConvolutionTests
{
    [Theory]
    [InlineData(3, 20, 150, 11, 13, 3, 1, 33, true, true)]
    [InlineData(1, 16, 40, 57, 41, 3, 2, 24, true, true)]
    [InlineData(2, 16, 33, 30, 6, 5, 2, 16, true, true)]
    [InlineData(2, 24, 24, 19, 23, 3, 1, 50, false, true)]
    [InlineData(1, 18, 96, 64, 64, 3, 1, 96, true, false)]
    [InlineData(20, 16, 16, 2, 3, 7, 1, 16, true, true)]
    public void Run_BandByBand_HasTheBitsOfOneAfterTheOther(int batch, int channels, int wide, int height, int width, int filter, int stride, int outputs, bool expands, bool projects)
    {
        var depthwise = Shape(batch, wide, height, width, wide, filter, stride);
        var expand = Shape(batch, channels, height, width, wide, 1, 1);
        var project = Shape(batch, wide, depthwise.OutputHeight, depthwise.OutputWidth, outputs, 1, 1);
        float[] expandBias = Values(1, ChannelBlocks.Padded(wide)), bias = Values(2, ChannelBlocks.Padded(wide)), projectBias = Values(3, ChannelBlocks.Padded(outputs));
        var before = BlockedConvolution.Forward(expand);
        var after = BlockedConvolution.Forward(project);
        var middle = new DepthwiseConvolution(depthwise);
        float[] expandFilters = new float[before.PackedLength], filters = new float[middle.PackedLength], projectFilters = new float[after.PackedLength];
        before.Pack(Values(4, wide * channels), expandFilters, TaskPool.Sequential);
        middle.Pack(Values(5, wide * filter * filter), filters);
        after.Pack(Values(6, outputs * wide), projectFilters, TaskPool.Sequential);
        float[] x = Values(7, (expands ? expand : depthwise).InputLength), addend = Values(8, (projects ? project : depthwise).OutputLength);

        float[] inner = x;
        if (expands)
        {
            inner = new float[expand.OutputLength];
            before.Run(x, expandFilters, inner, [], TaskPool.Sequential, expandBias, default, 0, 6);
        }

        float[] expected = new float[depthwise.OutputLength];
        middle.Forward(inner, filters, expected, TaskPool.Sequential, bias, projects ? default : addend, -0.1f, 0.4f);
        if (projects)
        {
            float[] last = new float[project.OutputLength];
            after.Run(expected, projectFilters, last, [], TaskPool.Sequential, projectBias, addend);
            expected = last;
        }

        var chain = new SeparableConvolution(expands ? expand : null, depthwise, projects ? project : null);
        foreach (int threads in new[] { 1, 3 })
        {
            using var pool = new TaskPool(threads);
            float[] y = Enumerable.Repeat(float.NaN, expected.Length).ToArray();
            chain.Run(
                x,
                new ConvolutionStage { Filters = expandFilters, Bias = expandBias, Minimum = 0, Maximum = 6 },
                new ConvolutionStage { Filters = filters, Bias = bias, Minimum = -0.1f, Maximum = 0.4f },
                new ConvolutionStage { Filters = projectFilters, Bias = projectBias, Minimum = float.NegativeInfinity, Maximum = float.PositiveInfinity },
                addend,
                y,
                new float[chain.ScratchLength(threads)],
                pool);
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void Constructor_SizesThatDoNotFollow_IsRefused()
    {
        var depthwise = Shape(1, 32, 9, 9, 32, 3, 1);
        Assert.Throws<ArgumentException>(() => new SeparableConvolution(Shape(1, 16, 9, 9, 48, 1, 1), depthwise, null));
        Assert.Throws<ArgumentException>(() => new SeparableConvolution(Shape(1, 16, 9, 9, 32, 3, 1), depthwise, null));
        Assert.Throws<ArgumentException>(() => new SeparableConvolution(null, depthwise, Shape(1, 32, 8, 9, 16, 1, 1)));
    }

    [Fact]
    public void Run_BiasTooShort_IsRefused()
    {
        var chain = new SeparableConvolution(null, Shape(1, 32, 9, 9, 32, 3, 1), null);
        float[] x = new float[32 * 81], y = new float[32 * 81];
        Assert.Throws<ArgumentException>(() => chain.Run(
            x, default, new ConvolutionStage { Filters = new float[9 * 32], Bias = new float[16] }, default, [], y, new float[chain.ScratchLength(1)], TaskPool.Sequential));
    }

    private static ConvolutionShape Shape(int batch, int channels, int height, int width, int outputs, int filter, int stride) => new()
    {
        Batch = batch,
        Channels = channels,
        Height = height,
        Width = width,
        Outputs = outputs,
        OutputHeight = ((height - 1) / stride) + 1,
        OutputWidth = ((width - 1) / stride) + 1,
        FilterHeight = filter,
        FilterWidth = filter,
        StrideHeight = stride,
        StrideWidth = stride,
        PadTop = filter / 2,
        PadLeft = filter / 2,
    };

    private static float[] Values(ulong seed, int length)
    {
        float[] values = new float[length];
        new Philox(seed, RandomPurpose.Search, 0).FillUniform(0, values);
        return [.. values.Select(value => value - 0.5f)];
    }
}
