using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Tensors;

/// <summary>Convolutions in blocks against plain sums in double.</summary>
[Trait("Category", "InstructionSet")]
public sealed class BlockedConvolutionTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Shapes.Keys];

    private static Dictionary<string, ConvolutionShape> Shapes { get; } = new(StringComparer.Ordinal)
    {
        ["3 x 3"] = Of(2, 16, 8, 8, 32, 3, 1, 1),
        ["3 x 3, wide"] = Of(1, 20, 5, 45, 17, 3, 1, 1),
        ["strides"] = Of(3, 5, 9, 7, 33, 3, 2, 1),
        ["even size, strides"] = Of(2, 40, 8, 8, 16, 3, 2, 1),
        ["1 x 1"] = Of(9, 48, 7, 7, 24, 1, 1, 0),
        ["1 x 1, strides"] = Of(2, 17, 7, 6, 50, 1, 2, 0),
        ["7 x 7"] = Of(2, 3, 12, 14, 20, 7, 1, 3),
        ["dilation"] = Of(2, 18, 9, 10, 16, 3, 1, 2) with { DilationHeight = 2, DilationWidth = 2 },
        ["no padding"] = Of(2, 16, 6, 9, 16, 3, 1, 0),
        ["many bands"] = Of(1, 70, 33, 40, 34, 3, 1, 1),
        ["planar"] = Of(2, 3, 17, 20, 40, 7, 2, 3) with { IsPlanar = true },
        ["planar, dilation"] = Of(9, 2, 9, 8, 16, 3, 1, 1) with { IsPlanar = true, DilationWidth = 2, OutputWidth = 6 },
        ["planar, 1 x 1"] = Of(1, 1, 4, 5, 3, 1, 1, 0) with { IsPlanar = true },
        ["one row"] = Of(4, 19, 1, 50, 21, 5, 1, 2) with { FilterHeight = 1, PadTop = 0, OutputHeight = 1 },
        ["wide"] = Of(1, 16, 3, 6000, 16, 3, 1, 1),
        ["wide, planar"] = Of(1, 1, 3, 6000, 16, 3, 1, 1) with { IsPlanar = true },
        ["spread"] = Of(1, 16, 70, 70, 16, 3, 1, 20) with { DilationHeight = 20, DilationWidth = 20, OutputHeight = 70, OutputWidth = 70 },
        ["tiles of several samples"] = Of(5, 33, 21, 10, 49, 3, 1, 1),
        ["more padding than filter"] = Of(2, 40, 7, 9, 20, 3, 1, 2),
        ["much padding"] = Of(1, 16, 5, 6, 16, 3, 1, 4),
        ["no padding, tiles of several samples"] = Of(13, 16, 9, 11, 20, 3, 1, 0),
        ["much padding, tiles of several samples"] = Of(8, 16, 5, 6, 16, 3, 1, 4),
        ["many channels"] = Of(29, 1000, 6, 6, 16, 3, 1, 1),
        ["no samples"] = Of(0, 16, 4, 4, 16, 3, 1, 1),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_AgainstPlainSums_Agrees(string name)
    {
        var shape = Shapes[name];
        float[] x = Values(1, shape.Batch * shape.Channels * shape.Height * shape.Width), w = Values(2, Filters(shape)), bias = Values(3, shape.Outputs);
        float[] addend = Values(4, shape.Batch * shape.Outputs * shape.OutputHeight * shape.OutputWidth);
        double[] expected = new double[addend.Length];
        Visit(shape, (xi, wi, yi) => expected[yi] += (double)x[xi] * w[wi]);
        int area = shape.OutputHeight * shape.OutputWidth;
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = Math.Clamp(expected[i] + bias[i / area % shape.Outputs] + addend[i], 0, 1.5);
        }

        var convolution = BlockedConvolution.Forward(shape);
        float[] packed = new float[convolution.PackedLength];
        convolution.Pack(w, packed, TaskPool.Sequential);
        float[] Run(TaskPool pool)
        {
            float[] y = Enumerable.Repeat(float.NaN, shape.OutputLength).ToArray();
            float[] padded = [.. bias, .. new float[ChannelBlocks.Padded(shape.Outputs) - shape.Outputs]];
            convolution.Run(Input(shape, x), packed, y, new float[convolution.ScratchLength(pool.Threads)], pool, padded, Blocked(addend, shape.Batch, shape.Outputs, area), 0, 1.5f);
            return y;
        }

        float[] result = Run(TaskPool.Sequential);
        Check(expected, Planes(result, shape.Batch, shape.Outputs, area), shape.Channels * shape.FilterArea);
        using var pool = new TaskPool(3);
        Assert.Equal(Bits(result), Bits(Run(pool)));
    }

    /// <summary>An output that is a part of a wider tensor has the same bits there, and nothing beside it is touched.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_IntoAWiderTensor_FillsItsBlocksOnly(string name)
    {
        var shape = Shapes[name];
        float[] x = Values(1, shape.Batch * shape.Channels * shape.Height * shape.Width), w = Values(2, Filters(shape));
        var convolution = BlockedConvolution.Forward(shape);
        float[] packed = new float[convolution.PackedLength], alone = new float[shape.OutputLength];
        convolution.Pack(w, packed, TaskPool.Sequential);
        using var pool = new TaskPool(2);
        float[] scratch = new float[convolution.ScratchLength(pool.Threads)];
        convolution.Run(Input(shape, x), packed, alone, scratch, pool, minimum: 0);
        int blocks = ChannelBlocks.Count(shape.Outputs), sample = ChannelBlocks.Padded(shape.Outputs) * shape.OutputHeight * shape.OutputWidth, block = sample / blocks;
        float[] wide = Enumerable.Repeat(7f, shape.Batch * (blocks + 3) * block).ToArray();
        convolution.Run(Input(shape, x), packed, wide, scratch, pool, minimum: 0, place: new BlockPlace(2, blocks + 3));
        for (int i = 0; i < shape.Batch; i++)
        {
            var whole = wide.AsSpan(i * (blocks + 3) * block, (blocks + 3) * block);
            Assert.True(whole[..(2 * block)].IndexOfAnyExcept(7f) < 0);
            Assert.Equal(Bits([.. alone.AsSpan(i * sample, sample)]), Bits([.. whole.Slice(2 * block, sample)]));
            Assert.True(whole[((2 * block) + sample)..].IndexOfAnyExcept(7f) < 0);
        }

        Assert.Throws<ArgumentException>(() => convolution.Run(Input(shape, x), packed, wide, scratch, pool, place: new BlockPlace(4, blocks + 3)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void InputGradient_AgainstPlainSums_Agrees(string name)
    {
        var shape = Shapes[name] with { IsPlanar = false };
        float[] dy = Values(5, shape.Batch * shape.Outputs * shape.OutputHeight * shape.OutputWidth), w = Values(6, Filters(shape));
        double[] expected = new double[shape.Batch * shape.Channels * shape.Height * shape.Width];
        Visit(shape, (xi, wi, yi) => expected[xi] += (double)dy[yi] * w[wi]);
        var convolution = BlockedConvolution.InputGradient(shape);
        float[] packed = new float[convolution.PackedLength];
        convolution.Pack(w, packed, TaskPool.Sequential);
        float[] Run(TaskPool pool)
        {
            float[] dx = Enumerable.Repeat(float.NaN, shape.InputLength).ToArray();
            convolution.Run(Blocked(dy, shape.Batch, shape.Outputs, shape.OutputHeight * shape.OutputWidth), packed, dx, new float[convolution.ScratchLength(pool.Threads)], pool);
            return dx;
        }

        float[] result = Run(TaskPool.Sequential);
        Check(expected, Planes(result, shape.Batch, shape.Channels, shape.Height * shape.Width), shape.Outputs * shape.FilterArea);
        using var pool = new TaskPool(3);
        Assert.Equal(Bits(result), Bits(Run(pool)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WeightGradient_AgainstPlainSums_Agrees(string name)
    {
        var shape = Shapes[name];
        float[] x = Values(7, shape.Batch * shape.Channels * shape.Height * shape.Width);
        float[] dy = Values(8, shape.Batch * shape.Outputs * shape.OutputHeight * shape.OutputWidth);
        double[] expected = new double[Filters(shape)];
        Visit(shape, (xi, wi, yi) => expected[wi] += (double)x[xi] * dy[yi]);
        var gradient = new ConvolutionWeightGradient(shape);
        float[] Run(TaskPool pool)
        {
            float[] dw = Enumerable.Repeat(float.NaN, expected.Length).ToArray();
            gradient.Run(Input(shape, x), Blocked(dy, shape.Batch, shape.Outputs, shape.OutputHeight * shape.OutputWidth), dw, new float[gradient.ScratchLength(pool.Threads)], pool);
            return dw;
        }

        float[] result = Run(TaskPool.Sequential);
        Check(expected, result, shape.Batch * shape.OutputHeight * shape.OutputWidth);
        using var pool = new TaskPool(3);
        Assert.Equal(Bits(result), Bits(Run(pool)));
    }

    /// <summary>Tasks work on the stack, so sizes that would need more of it than there is must be refused.</summary>
    [Fact]
    public void Fits_HugeFiltersOrSpreads_IsFalse()
    {
        var shape = Of(1, 16, 9, 9, 16, 3, 1, 1);
        Assert.True(BlockedConvolution.Fits(shape));
        Assert.False(BlockedConvolution.Fits(shape with { FilterHeight = 100, FilterWidth = 100 }));
        Assert.False(BlockedConvolution.Fits(shape with { DilationHeight = 100, DilationWidth = 100 }));
        Assert.False(BlockedConvolution.Fits(shape with { IsPlanar = true, OutputWidth = 100_000 }));
        Assert.False(BlockedConvolution.Fits(shape with { IsPlanar = true, FilterHeight = 1, FilterWidth = 200 }));
    }

    /// <summary>Minimal filtering subtracts before it multiplies, which may cost digits, but adds fewer numbers: by the root of the mean square its error is not the larger one.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(128)]
    [InlineData(512)]
    public void MinimalFiltering_ErrorBesidePlainSums_IsNoLarger(int channels)
    {
        var shape = Of(1, channels, 12, 12, 16, 3, 1, 1);
        float[] x = Values(12, shape.InputLength), w = Values(13, Filters(shape));
        double[] expected = new double[shape.OutputLength];
        Visit(shape, (xi, wi, yi) => expected[yi] += (double)x[xi] * w[wi]);
        double Error(ConvolutionShape of)
        {
            var convolution = BlockedConvolution.Forward(of);
            float[] packed = new float[convolution.PackedLength], y = new float[of.OutputLength];
            convolution.Pack(w, packed, TaskPool.Sequential);
            convolution.Run(Input(of, x), packed, y, new float[convolution.ScratchLength(1)], TaskPool.Sequential);
            return Math.Sqrt(y.Select((value, i) => value - expected[(i % 16 * 144) + (i / 16)]).Average(error => error * error));
        }

        double minimal = Error(shape), plain = Error(shape with { IsDirect = true });
        output.WriteLine($"{channels} channels: {minimal:E2} and {plain:E2}, {minimal / plain:F2} times");
        Assert.NotEqual(plain, minimal);
        Assert.InRange(minimal, 0, plain);
    }

    /// <summary>The same for the gradient by the filters, which sums over the pixels of a batch.</summary>
    [Theory]
    [InlineData(16, 7, 32)]
    [InlineData(16, 7, 1000)]
    [InlineData(16, 14, 32)]
    [InlineData(128, 4, 32)]
    [InlineData(3, 56, 32)]
    public void MinimalFilteringOfWeightGradient_ErrorBesidePlainSums_IsNoLarger(int batch, int size, int channels)
    {
        var shape = Of(batch, channels, size, size, 16, 3, 1, 1);
        float[] x = Values(14, shape.Batch * shape.Channels * size * size), dy = Values(15, shape.OutputLength);
        double[] expected = new double[Filters(shape)];
        Visit(shape, (xi, wi, yi) => expected[wi] += (double)x[xi] * dy[yi]);
        double Error(ConvolutionShape of)
        {
            var gradient = new ConvolutionWeightGradient(of);
            float[] dw = new float[expected.Length];
            gradient.Run(Input(of, x), Blocked(dy, batch, 16, size * size), dw, new float[gradient.ScratchLength(1)], TaskPool.Sequential);
            return Math.Sqrt(dw.Select((value, i) => value - expected[i]).Average(error => error * error));
        }

        double minimal = Error(shape), plain = Error(shape with { IsDirect = true });
        output.WriteLine($"{batch} of {size} x {size}, {channels} channels: {minimal:E2} and {plain:E2}, {minimal / plain:F2} times");
        Assert.NotEqual(plain, minimal);
        Assert.InRange(minimal, 0, plain);
    }

    /// <summary>One number for the bits of all results: the same in every instruction-set mode.</summary>
    [Fact]
    public void AllShapes_Bits_AreThoseOfEveryInstructionSet()
    {
        uint digest = 2166136261;
        foreach (var shape in Shapes.Values)
        {
            float[] x = Values(9, shape.InputLength), dy = Values(10, shape.OutputLength), w = Values(11, Filters(shape)), y = new float[shape.OutputLength];
            var forward = BlockedConvolution.Forward(shape);
            float[] packed = new float[forward.PackedLength];
            forward.Pack(w, packed, TaskPool.Sequential);
            forward.Run(x, packed, y, new float[forward.ScratchLength(1)], TaskPool.Sequential);
            var gradient = new ConvolutionWeightGradient(shape);
            gradient.Run(x, dy, w, new float[gradient.ScratchLength(1)], TaskPool.Sequential);
            foreach (int bits in Bits([.. y, .. w]))
            {
                // FNV-1a over 32-bit words.
                digest = (digest ^ (uint)bits) * 16777619;
            }
        }

        Assert.Equal(111769679u, digest);
    }

    private static ConvolutionShape Of(int batch, int channels, int height, int width, int outputs, int filter, int stride, int pad) => new()
    {
        Batch = batch,
        Channels = channels,
        Height = height,
        Width = width,
        Outputs = outputs,
        FilterHeight = filter,
        FilterWidth = filter,
        StrideHeight = stride,
        StrideWidth = stride,
        PadTop = pad,
        PadLeft = pad,
        OutputHeight = ((height + (2 * pad) - (pad == 2 ? 5 : filter)) / stride) + 1,
        OutputWidth = ((width + (2 * pad) - (pad == 2 ? 5 : filter)) / stride) + 1,
    };

    private static int Filters(ConvolutionShape shape) => shape.Outputs * shape.Channels * shape.FilterArea;

    private static float[] Values(ulong seed, int length)
    {
        float[] values = new float[length];
        new Philox(seed, RandomPurpose.Search, 0).FillUniform(0, values);
        return [.. values.Select(value => value - 0.5f)];
    }

    private static void Visit(ConvolutionShape shape, Action<int, int, int> product)
    {
        for (int n = 0; n < shape.Batch; n++)
            for (int o = 0; o < shape.Outputs; o++)
                for (int p = 0; p < shape.OutputHeight; p++)
                    for (int q = 0; q < shape.OutputWidth; q++)
                        for (int c = 0; c < shape.Channels; c++)
                            for (int i = 0; i < shape.FilterHeight; i++)
                                for (int j = 0; j < shape.FilterWidth; j++)
                                {
                                    int row = (p * shape.StrideHeight) + (i * shape.DilationHeight) - shape.PadTop;
                                    int column = (q * shape.StrideWidth) + (j * shape.DilationWidth) - shape.PadLeft;
                                    if (row >= 0 && row < shape.Height && column >= 0 && column < shape.Width)
                                    {
                                        product(
                                            (((((n * shape.Channels) + c) * shape.Height) + row) * shape.Width) + column,
                                            (((((o * shape.Channels) + c) * shape.FilterHeight) + i) * shape.FilterWidth) + j,
                                            (((((n * shape.Outputs) + o) * shape.OutputHeight) + p) * shape.OutputWidth) + q);
                                    }
                                }
    }

    private static float[] Input(ConvolutionShape shape, float[] x) =>
        shape.IsPlanar ? x : Blocked(x, shape.Batch, shape.Channels, shape.Height * shape.Width);

    private static float[] Blocked(float[] planes, int batch, int channels, int area)
    {
        float[] blocked = new float[batch * ChannelBlocks.Padded(channels) * area];
        ChannelBlocks.FromPlanes(planes, batch, channels, area, blocked, TaskPool.Sequential);
        return blocked;
    }

    private static float[] Planes(float[] blocked, int batch, int channels, int area)
    {
        float[] planes = new float[batch * channels * area];
        ChannelBlocks.ToPlanes(blocked, batch, channels, area, planes, TaskPool.Sequential);
        return planes;
    }

    private static void Check(double[] expected, float[] actual, int terms)
    {
        double tolerance = 1e-7 * Math.Max(terms, 16);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"element {i}: {actual[i]} instead of {expected[i]}");
        }
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
