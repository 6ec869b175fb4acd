namespace MedTune.Tensors;

/// <summary>Tiles of a convolution, one number at a time: what the generated tiles compute, in the plainest form.</summary>
internal readonly unsafe struct ConvolutionTilesScalar : IConvolutionTiles
{
    public static int Pixels => 1;

    public static int Channels => 1;

    public static int Blocks => 1;

    public static void Forward(
        int pixels, int blocks, float* x, nint xStep, nint* taps, int tapCount, int run, float* w, nint wStep, float* ahead, nint aheadStep, float* y, nint yStep, nint yBlock, bool accumulate)
    {
        for (int output = 0; output < 16; output++)
        {
            float sum = accumulate ? y[output] : 0;
            float* weight = w + output;
            for (int tap = 0; tap < tapCount; tap++)
            {
                for (int k = 0; k < run; k++)
                {
                    sum = MathF.FusedMultiplyAdd(x[taps[tap] + k], *weight, sum);
                    weight += wStep;
                }
            }

            y[output] = sum;
        }
    }

    public static void Gradient(int channels, int blocks, in GradientWindows windows, float* x, float* g, float* w, nint wStep, bool adds)
    {
        for (int output = 0; output < 16; output++)
        {
            float sum = adds ? 0 : w[output];
            for (int image = 0; image < windows.Images; image++)
            {
                for (int row = 0; row < windows.Rows; row++)
                {
                    float* a = x + (image * windows.XImage) + (row * windows.XRow);
                    float* b = g + (image * windows.GImage) + (row * windows.GRow) + output;
                    for (int column = 0; column < windows.Columns; column++)
                    {
                        sum = MathF.FusedMultiplyAdd(a[column * windows.XStep], b[column * windows.GStep], sum);
                    }
                }
            }

            w[output] = adds ? sum + w[output] : sum;
        }
    }
}
