using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

/// <summary>The generated tiles of every width, also those this machine would not choose, against the plain ones: bit by bit.</summary>
public sealed unsafe class ConvolutionTilesTests
{
    [Fact]
    public void Tiles128_ComparedWithPlainOnes_HaveTheirBits() => CompareAll<ConvolutionTiles128>();

    [Fact]
    public void Tiles256_ComparedWithPlainOnes_HaveTheirBits() => CompareAll<ConvolutionTiles256>();

    [Fact]
    public void Tiles512_ComparedWithPlainOnes_HaveTheirBits() => CompareAll<ConvolutionTiles512>();

    private static void CompareAll<TTiles>()
        where TTiles : struct, IConvolutionTiles
    {
        for (int blocks = 1; blocks <= TTiles.Blocks; blocks++)
        {
            for (int pixels = 1; pixels <= TTiles.Pixels; pixels++)
            {
                CompareForward<TTiles>(pixels, blocks);
            }

            for (int channels = 1; channels <= TTiles.Channels; channels++)
            {
                CompareGradient<TTiles>(channels, blocks, adds: false);
                CompareGradient<TTiles>(channels, blocks, adds: true);
            }
        }
    }

    private static void CompareForward<TTiles>(int pixels, int blocks)
        where TTiles : struct, IConvolutionTiles
    {
        float[] x = Values(1, 700), w = Values(2, 3 * 16 * 32), y = Values(3, 2 * 20 * 16);
        float[] expected = [.. y];
        nint* taps = stackalloc nint[] { 0, 16, 200 };
        fixed (float* px = x, pw = w, py = y, pe = expected)
        {
            TTiles.Forward(pixels, blocks, px, 16, taps, 3, 16, pw, 32, pw, 16, py, 16, 320, true);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                for (int block = 0; block < blocks; block++)
                {
                    ConvolutionTilesScalar.Forward(1, 1, px + (16 * pixel), 16, taps, 3, 16, pw + (16 * block), 32, pw, 0, pe + (16 * pixel) + (320 * block), 16, 320, true);
                }
            }
        }

        Assert.Equal(expected, y);
    }

    private static void CompareGradient<TTiles>(int channels, int blocks, bool adds)
        where TTiles : struct, IConvolutionTiles
    {
        float[] x = Values(4, 600), g = Values(5, 4 * 300), w = Values(6, 16 * 32);
        float[] expected = [.. w];
        fixed (float* px = x, pg = g, pw = w, pe = expected)
        {
            var windows = new GradientWindows { Images = 2, Rows = 3, Columns = 5, XImage = 300, XRow = 96, XStep = 16, GImage = 600, GRow = 80, GStep = 16, GBlock = 300 };
            TTiles.Gradient(channels, blocks, in windows, px, pg, pw, 32, adds);
            for (int channel = 0; channel < channels; channel++)
            {
                for (int block = 0; block < blocks; block++)
                {
                    ConvolutionTilesScalar.Gradient(1, 1, in windows, px + channel, pg + (300 * block), pe + (32 * channel) + (16 * block), 32, adds);
                }
            }
        }

        Assert.Equal(expected, w);
    }

    private static float[] Values(ulong seed, int length)
    {
        float[] values = new float[length];
        new Philox(seed, RandomPurpose.Search, 0).FillUniform(0, values);
        return [.. values.Select(value => value - 0.5f)];
    }
}
