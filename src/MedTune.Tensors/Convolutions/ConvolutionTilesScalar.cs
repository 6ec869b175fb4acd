namespace MedTune.Tensors;

/// <summary>Tiles of a convolution, one number at a time: what the generated tiles compute, in the plainest form.</summary>
internal readonly unsafe struct ConvolutionTilesScalar : IConvolutionTiles
{
    public static int Pixels => 1;

    public static int Channels => 1;

    public static int Blocks => 1;

    public static void Forward(
        int pixels, int blocks, float* x, nint xStep, nint* taps, int tapCount, int run, float* w, nint wStep, float* y, nint yStep, nint yBlock, bool accumulate)
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

    public static void Gradient(
        int channels, int blocks, float* x, nint xStep, nint xRow, float* g, nint gStep, nint gRow, nint gBlock, int rows, int columns, float* w, nint wStep, bool accumulate)
    {
        for (int output = 0; output < 16; output++)
        {
            float sum = accumulate ? w[output] : 0;
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    sum = MathF.FusedMultiplyAdd(x[(row * xRow) + (column * xStep)], g[(row * gRow) + (column * gStep) + output], sum);
                }
            }

            w[output] = sum;
        }
    }
}
