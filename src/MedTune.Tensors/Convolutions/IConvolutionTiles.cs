namespace MedTune.Tensors;

/// <summary>The innermost loops of a convolution for one instruction set. Output channels come in blocks of 16, which fill whole registers.</summary>
/// <remarks>Every output is one chain of fused multiply-adds in the order of the arguments, so all instruction sets give the same bits.</remarks>
internal unsafe interface IConvolutionTiles
{
    /// <summary>Most pixels of a <see cref="Forward"/> tile.</summary>
    static abstract int Pixels { get; }

    /// <summary>Most input channels of a <see cref="Gradient"/> tile.</summary>
    static abstract int Channels { get; }

    /// <summary>Most blocks of 16 output channels of a tile: 1 or 2.</summary>
    static abstract int Blocks { get; }

    /// <summary>y[pixel][output] = sum over taps and k of x[pixel * xStep + tap + k] * w[(tap, k)][output].</summary>
    /// <param name="pixels">1 to <see cref="Pixels"/>.</param>
    /// <param name="blocks">1 to <see cref="Blocks"/>.</param>
    /// <param name="x">The first pixel's window.</param>
    /// <param name="xStep">From one pixel's window to the next.</param>
    /// <param name="taps">Where each tap's numbers start in a window.</param>
    /// <param name="tapCount">Number of taps.</param>
    /// <param name="run">Consecutive numbers a tap reads: 16 in the blocked layout.</param>
    /// <param name="w">16 * blocks weights for each number read.</param>
    /// <param name="wStep">From the weights of one number to those of the next.</param>
    /// <param name="ahead">Memory that will be read soon: a line of it is asked for with each number, so that the next weights come while these are used.</param>
    /// <param name="aheadStep">From what one number asks for to what the next does.</param>
    /// <param name="y">16 outputs of the first pixel.</param>
    /// <param name="yStep">From one pixel to the next.</param>
    /// <param name="yBlock">From one block of 16 outputs to the next.</param>
    /// <param name="accumulate">Whether the chains go on from what y holds, or start at zero.</param>
    static abstract void Forward(
        int pixels, int blocks, float* x, nint xStep, nint* taps, int tapCount, int run, float* w, nint wStep, float* ahead, nint aheadStep, float* y, nint yStep, nint yBlock, bool accumulate);

    /// <summary>w[channel][output] += sum over images, rows and columns of x[image * XImage + row * XRow + column * XStep + channel] * g[image * GImage + row * GRow + column * GStep][output].</summary>
    /// <param name="channels">1 to <see cref="Channels"/>.</param>
    /// <param name="blocks">1 to <see cref="Blocks"/>.</param>
    /// <param name="windows">The images, rows and columns.</param>
    /// <param name="x">The first pixel's input channels.</param>
    /// <param name="g">16 output gradients of the first pixel.</param>
    /// <param name="w">16 * blocks sums per channel.</param>
    /// <param name="wStep">From the sums of one channel to those of the next.</param>
    /// <param name="adds">Whether the chains start at zero and are added to what w holds, or go on from it.</param>
    static abstract void Gradient(int channels, int blocks, in GradientWindows windows, float* x, float* g, float* w, nint wStep, bool adds);
}
