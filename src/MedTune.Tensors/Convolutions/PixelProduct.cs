using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Products of a row of pixels with the weights of one or two blocks of outputs: a convolution of single pixels. Every output is one chain over (input plane, channel).</summary>
internal static unsafe class PixelProduct
{
    private const int Size = ChannelBlocks.Size;

    /// <summary>Input planes whose weights for two blocks take 24 KiB, half of the first-level cache: tile rows use them again and again.</summary>
    private const int WeightPlanes = 12;

    /// <summary>y[block][pixel][16 outputs] = sum over planes and channels of x and w.</summary>
    /// <param name="x">[plane][pixel][16 channels].</param>
    /// <param name="xPlane">Floats from one plane to the next.</param>
    /// <param name="planes">Number of planes, at least 1.</param>
    /// <param name="parts"><see cref="ChannelBlocks.Parts"/> of the channels.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="w">[plane][channel][16 or 32 outputs].</param>
    /// <param name="end">Where all weights end: what follows these is asked for meanwhile.</param>
    /// <param name="y">[block][pixel][16 outputs].</param>
    /// <param name="yBlock">Floats from one block to the next.</param>
    /// <param name="blocks">1 or 2.</param>
    /// <param name="finish">What is done to the sums of a tile at once: for outputs that stay in the cache. Those bound for memory are better finished later, in one go.</param>
    /// <param name="firstBlock">The first block's number among all outputs, for the finish.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TTiles>(float* x, nint xPlane, int planes, int parts, int pixels, float* w, float* end, float* y, nint yBlock, int blocks, in ConvolutionFinish finish, int firstBlock = 0)
        where TTiles : struct, IConvolutionTiles
    {
        nint* offsets = stackalloc nint[WeightPlanes * parts];
        for (int i = 0; i < WeightPlanes * parts; i++)
        {
            offsets[i] = (i / parts * xPlane) + (i % parts * (Size / parts));
        }

        nint wStep = blocks * Size;
        int rows = (pixels + TTiles.Pixels - 1) / TTiles.Pixels;
        for (int plane = 0; plane < planes; plane += WeightPlanes)
        {
            int some = Math.Min(WeightPlanes, planes - plane);
            nint size = some * Size * wStep;
            var ahead = new MemoryAhead(w + size, Math.Min(size, (nint)(end - (w + size))), rows * ((blocks + TTiles.Blocks - 1) / TTiles.Blocks));
            bool isLast = plane + some == planes;
            int taps = (some * parts) - (isLast ? parts - 1 : 0);
            for (int block = 0; block < blocks; block += TTiles.Blocks)
            {
                int blocksTogether = Math.Min(TTiles.Blocks, blocks - block);
                float* input = x + (plane * xPlane);
                nint output = block * yBlock;
                int left = pixels;
                for (int part = rows; part > 0; part--)
                {
                    int together = (left + part - 1) / part;
                    float* next = ahead.Next((nint)taps * (Size / parts), out nint nextStep);
                    TTiles.Forward(together, blocksTogether, input, Size, offsets, taps, Size / parts, w + (block * Size), wStep, next, nextStep, y + output, Size, yBlock, plane > 0);
                    for (int b = 0; isLast && finish.IsNeeded && b < blocksTogether; b++)
                    {
                        finish.Apply(y, output + (b * yBlock), firstBlock + block + b, together, Size);
                    }

                    input += together * Size;
                    output += together * Size;
                    left -= together;
                }
            }

            w += size;
        }
    }
}
