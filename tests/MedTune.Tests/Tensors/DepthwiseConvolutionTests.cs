using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

/// <summary>Depthwise convolutions against the plainest loops, bit by bit: in place or on padded copies, near edges and far from them.</summary>
[Trait("Category", "InstructionSet")]
public sealed class DepthwiseConvolutionTests
{
    [Theory]
    [InlineData(14, 3, 1, 1, 1, 1)]
    [InlineData(5, 3, 1, 1, 1, 1)]
    [InlineData(23, 3, 1, 1, 0, 2)]
    [InlineData(28, 3, 2, 1, 1, 0)]
    [InlineData(29, 3, 2, 1, 0, 1)] // Rows and columns of padding only at the end, as Keras has them.
    [InlineData(13, 3, 2, 1, 1, 1)]
    [InlineData(41, 3, 2, 3, 3, 3)]
    [InlineData(40, 5, 3, 2, 4, 1)]
    [InlineData(33, 2, 2, 1, 0, 0)]
    [InlineData(30, 4, 1, 2, 5, 2)]
    [InlineData(20, 3, 2, 1, 9, 9)] // Windows that meet nothing.
    public void Forward_AnyWindow_HasTheBitsOfPlainLoops(int size, int filter, int stride, int dilation, int padBefore, int padAfter)
    {
        int made = ((size + padBefore + padAfter - ((filter - 1) * dilation) - 1) / stride) + 1;
        var shape = new ConvolutionShape
        {
            Batch = 2,
            Channels = 19,
            Height = size,
            Width = size + 1,
            Outputs = 19,
            OutputHeight = made,
            OutputWidth = made,
            FilterHeight = filter,
            FilterWidth = filter,
            StrideHeight = stride,
            StrideWidth = stride,
            DilationHeight = dilation,
            DilationWidth = dilation,
            PadTop = padBefore,
            PadLeft = padBefore,
        };
        var convolution = new DepthwiseConvolution(shape);
        float[] filters = Values(1, 19 * filter * filter), packed = new float[convolution.PackedLength], bias = Values(2, 32), x = Values(3, shape.InputLength), y = new float[shape.OutputLength];
        convolution.Pack(filters, packed);
        convolution.Forward(x, packed, y, TaskPool.Sequential, bias, default, -0.5f, 0.5f);
        for (int i = 0; i < y.Length; i++)
        {
            (int pixel, int lane) = Math.DivRem(i, 16);
            (int plane, pixel) = Math.DivRem(pixel, made * made);
            int channel = ((plane % 2) * 16) + lane;
            float sum = channel < 19 ? Sum(shape, x.AsSpan(plane * size * (size + 1) * 16), lane, filters.AsSpan(channel * filter * filter), pixel / made, pixel % made) : 0;
            Assert.Equal(Math.Clamp(sum + bias[channel], -0.5f, 0.5f), y[i]);
        }
    }

    /// <summary>NaN of the data is seen in the result, whatever the bounds.</summary>
    [Fact]
    public void Forward_NaN_PassesTheBounds()
    {
        var shape = new ConvolutionShape { Batch = 1, Channels = 16, Height = 8, Width = 8, Outputs = 16, OutputHeight = 8, OutputWidth = 8, FilterHeight = 1, FilterWidth = 1 };
        var convolution = new DepthwiseConvolution(shape);
        float[] packed = new float[convolution.PackedLength], x = Values(4, shape.InputLength), y = new float[shape.OutputLength];
        convolution.Pack(Enumerable.Repeat(1f, 16).ToArray(), packed);
        (x[5], x[300], x[301], x[302]) = (float.NaN, float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        convolution.Forward(x, packed, y, TaskPool.Sequential, default, default, 0, 6);
        Assert.Equal([float.NaN, float.NaN, 6, 0], [y[5], y[300], y[301], y[302]]);
    }

    private static float Sum(ConvolutionShape shape, ReadOnlySpan<float> x, int lane, ReadOnlySpan<float> filter, int row, int column)
    {
        float sum = 0;
        for (int tap = 0; tap < filter.Length && tap < shape.FilterArea; tap++)
        {
            int r = (row * shape.StrideHeight) + (tap / shape.FilterWidth * shape.DilationHeight) - shape.PadTop;
            int c = (column * shape.StrideWidth) + (tap % shape.FilterWidth * shape.DilationWidth) - shape.PadLeft;
            bool meets = r >= 0 && r < shape.Height && c >= 0 && c < shape.Width;
            sum = meets ? MathF.FusedMultiplyAdd(x[(((r * shape.Width) + c) * 16) + lane], filter[tap], sum) : sum;
        }

        return sum;
    }

    private static float[] Values(ulong seed, int length)
    {
        float[] values = new float[length];
        new Philox(seed, RandomPurpose.Search, 0).FillUniform(0, values);
        return [.. values.Select(value => value - 0.5f)];
    }
}
