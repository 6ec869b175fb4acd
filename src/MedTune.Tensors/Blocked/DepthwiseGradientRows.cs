using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>
/// The sums of a depthwise 3 x 3 convolution's weight gradient over one block of a sample: on a copy with zeros around the image, so that all pixels are alike. A zero's
/// product changes no sum, so the bits are those of sums without it.
/// </summary>
internal unsafe struct DepthwiseGradientRows
{
    private const int Size = ChannelBlocks.Size;
    private const int Taps = 3;

    /// <summary>Floats of the copy a task makes on its stack: 160 KiB.</summary>
    private const int CopyLimit = 40 << 10;

    public ConvolutionShape Shape;

    /// <summary>What the input's pixels become on the way.</summary>
    public HeldNormalization Reading;

    /// <summary>Whether the sizes fit.</summary>
    public static bool Fits(ConvolutionShape shape) => shape.FilterHeight == Taps && shape.FilterWidth == Taps && Most(shape) > 0;

    /// <summary>Output rows whose input fits the stack at once.</summary>
    private static int Most(ConvolutionShape shape)
    {
        int more = (CopyLimit / (CopyColumns(shape) * Size)) - Span(shape.DilationHeight);
        return more < 0 ? 0 : 1 + (more / shape.StrideHeight);
    }

    private static int CopyColumns(ConvolutionShape shape) => ((shape.OutputWidth - 1) * shape.StrideWidth) + Span(shape.DilationWidth);

    private static int Span(int dilation) => ((Taps - 1) * dilation) + 1;

    /// <summary>Adds rows of a block of a sample.</summary>
    /// <param name="x">Row 0 of the block's input.</param>
    /// <param name="dy">Row 0 of its output gradient.</param>
    /// <param name="start">The first output row.</param>
    /// <param name="stop">The output row after the last.</param>
    /// <param name="block">The block of channels.</param>
    /// <param name="sums">[filter row][filter column][16].</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>(float* x, float* dy, int start, int stop, int block, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        int columns = CopyColumns(Shape), most = Most(Shape);
        float* memory = stackalloc float[CopyLimit + Size];
        float* copy = (float*)(((nuint)memory + 63) & ~(nuint)63);
        for (int first = start; first < stop; first += most)
        {
            int end = Math.Min(first + most, stop);
            int rows = ((end - first - 1) * Shape.StrideHeight) + Span(Shape.DilationHeight);
            PaddedBlock.Copy<TLanes>(x, (Shape.Height, Shape.Width), ((first * Shape.StrideHeight) - Shape.PadTop, -Shape.PadLeft), rows, columns, in Reading, block, copy);
            for (int row = first; row < end; row++)
            {
                float* window = copy + ((nint)(row - first) * Shape.StrideHeight * columns * Size);
                float* gradient = dy + ((nint)row * Shape.OutputWidth * Size);
                for (int lane = 0; lane < Size; lane += TLanes.Count)
                {
                    Row<TLanes>(window + lane, (nint)Shape.DilationHeight * columns * Size, gradient + lane, sums + lane);
                }
            }
        }
    }

    /// <summary>Nine chains side by side, one for each filter element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Row<TLanes>(float* top, nint line, float* dy, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        nint step = Shape.StrideWidth * Size, next = Shape.DilationWidth * Size;
        float* middle = top + line;
        float* low = middle + line;
        TLanes s0 = TLanes.Load(ref *sums), s1 = TLanes.Load(ref sums[Size]), s2 = TLanes.Load(ref sums[2 * Size]);
        TLanes s3 = TLanes.Load(ref sums[3 * Size]), s4 = TLanes.Load(ref sums[4 * Size]), s5 = TLanes.Load(ref sums[5 * Size]);
        TLanes s6 = TLanes.Load(ref sums[6 * Size]), s7 = TLanes.Load(ref sums[7 * Size]), s8 = TLanes.Load(ref sums[8 * Size]);
        for (int column = Shape.OutputWidth; column > 0; column--, top += step, middle += step, low += step, dy += Size)
        {
            TLanes g = TLanes.Load(ref *dy);
            s0 = TLanes.MultiplyAdd(TLanes.Load(ref *top), g, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(ref top[next]), g, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(ref top[2 * next]), g, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(ref *middle), g, s3);
            s4 = TLanes.MultiplyAdd(TLanes.Load(ref middle[next]), g, s4);
            s5 = TLanes.MultiplyAdd(TLanes.Load(ref middle[2 * next]), g, s5);
            s6 = TLanes.MultiplyAdd(TLanes.Load(ref *low), g, s6);
            s7 = TLanes.MultiplyAdd(TLanes.Load(ref low[next]), g, s7);
            s8 = TLanes.MultiplyAdd(TLanes.Load(ref low[2 * next]), g, s8);
        }

        s0.Store(ref *sums);
        s1.Store(ref sums[Size]);
        s2.Store(ref sums[2 * Size]);
        s3.Store(ref sums[3 * Size]);
        s4.Store(ref sums[4 * Size]);
        s5.Store(ref sums[5 * Size]);
        s6.Store(ref sums[6 * Size]);
        s7.Store(ref sums[7 * Size]);
        s8.Store(ref sums[8 * Size]);
    }
}
