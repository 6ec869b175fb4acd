using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>
/// Rows of one block of a depthwise convolution whose places follow a rule: on a copy with zeros around the image, so that all pixels are alike. A zero's
/// product changes no sum, so the bits are those of sums without it.
/// </summary>
internal unsafe struct DepthwiseRows
{
    private const int Size = ChannelBlocks.Size;

    /// <summary>Pixels whose sums run side by side.</summary>
    private const int Together = 7;

    /// <summary>Floats of the copy a task may make on its stack: 160 KiB.</summary>
    private const int CopyLimit = 40 << 10;

    public (int Step, int Tap, int Offset) Rows;
    public (int Step, int Tap, int Offset) Columns;

    /// <summary>Rows and columns of a filter.</summary>
    public (int Rows, int Columns) Filter;

    /// <summary>Rows and columns of the image that is read.</summary>
    public (int Height, int Width) Image;

    /// <summary>Pixels of a row that is written.</summary>
    public int Width;

    /// <summary>What the pixels that are read become on the way.</summary>
    public HeldNormalization Reading;

    /// <summary>The most rows that fit the stack at once; 0 where not even one does.</summary>
    public readonly int Most
    {
        get
        {
            int rows = CopyLimit / (CopyColumns * Size);
            int more = rows - Span(Filter.Rows, Rows.Tap);
            return more < 0 ? 0 : 1 + (more / Rows.Step);
        }
    }

    private readonly int CopyColumns => ((Width - 1) * Columns.Step) + Span(Filter.Columns, Columns.Tap);

    /// <summary>Computes rows, no more than <see cref="Most"/>.</summary>
    /// <param name="x">Row 0 of the block's image.</param>
    /// <param name="w">The block's filters.</param>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="y">What <paramref name="place"/> counts from.</param>
    /// <param name="place">Where the first row goes.</param>
    /// <param name="block">The block of channels.</param>
    /// <param name="finish">What is done to the sums.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>(float* x, float* w, int first, int end, float* y, nint place, int block, in ConvolutionFinish finish)
        where TLanes : struct, ILanes<TLanes>
    {
        int columns = CopyColumns;
        int rows = ((end - first - 1) * Rows.Step) + Span(Filter.Rows, Rows.Tap);
        (int tapRow, int tapColumn) = (Math.Min(0, (Filter.Rows - 1) * Rows.Tap), Math.Min(0, (Filter.Columns - 1) * Columns.Tap));
        float* memory = stackalloc float[(rows * columns * Size) + Size];

        // Whole lines of memory: a register that lies across two is read twice.
        float* copy = (float*)(((nuint)memory + 63) & ~(nuint)63);
        PaddedBlock.Copy<TLanes>(x, Image, ((first * Rows.Step) - Rows.Offset + tapRow, tapColumn - Columns.Offset), rows, columns, in Reading, block, copy);
        float* window = copy - ((((nint)tapRow * columns) + tapColumn) * Size);
        for (int row = first; row < end; row++, place += (nint)Width * Size, window += (nint)Rows.Step * columns * Size)
        {
            for (int lane = 0; lane < Size; lane += TLanes.Count)
            {
                var last = finish.For<TLanes>(block, lane);
                int column = 0;
                for (; Width >= Together && column < Width; column += Together)
                {
                    // The last ones are computed twice where the row does not divide.
                    column = Math.Min(column, Width - Together);
                    Seven<TLanes>(window + ((nint)column * Columns.Step * Size) + lane, columns, w + lane, y, place + ((nint)column * Size) + lane, in last);
                }

                for (; column < Width; column++)
                {
                    One<TLanes>(window + ((nint)column * Columns.Step * Size) + lane, columns, w + lane, y, place + ((nint)column * Size) + lane, in last);
                }
            }
        }
    }

    /// <summary>Places from the first to the last that one output reads.</summary>
    private static int Span(int filter, int tap) => ((filter - 1) * Math.Abs(tap)) + 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Seven<TLanes>(float* window, int columns, float* w, float* y, nint place, in LaneFinish<TLanes> finish)
        where TLanes : struct, ILanes<TLanes>
    {
        nint step = Columns.Step * Size, tap = Columns.Tap * Size;
        nint step2 = 2 * step, step4 = 4 * step;
        nint line = (nint)Rows.Tap * columns * Size;
        TLanes s0 = TLanes.Create(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0;
        for (int r = Filter.Rows; r > 0; r--, window += line)
        {
            float* at = window;
            for (int c = Filter.Columns; c > 0; c--, at += tap, w += Size)
            {
                TLanes weight = TLanes.Load(ref *w);
                float* middle = at + step + step2;
                s0 = TLanes.MultiplyAdd(TLanes.Load(ref *at), weight, s0);
                s1 = TLanes.MultiplyAdd(TLanes.Load(ref at[step]), weight, s1);
                s2 = TLanes.MultiplyAdd(TLanes.Load(ref at[step2]), weight, s2);
                s3 = TLanes.MultiplyAdd(TLanes.Load(ref *middle), weight, s3);
                s4 = TLanes.MultiplyAdd(TLanes.Load(ref middle[step]), weight, s4);
                s5 = TLanes.MultiplyAdd(TLanes.Load(ref middle[step2]), weight, s5);
                s6 = TLanes.MultiplyAdd(TLanes.Load(ref at[step2 + step4]), weight, s6);
            }
        }

        finish.Store(s0, y, place);
        finish.Store(s1, y, place + Size);
        finish.Store(s2, y, place + (2 * Size));
        finish.Store(s3, y, place + (3 * Size));
        finish.Store(s4, y, place + (4 * Size));
        finish.Store(s5, y, place + (5 * Size));
        finish.Store(s6, y, place + (6 * Size));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void One<TLanes>(float* window, int columns, float* w, float* y, nint place, in LaneFinish<TLanes> finish)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Create(0);
        for (int r = 0; r < Filter.Rows; r++)
        {
            for (int c = 0; c < Filter.Columns; c++, w += Size)
            {
                nint at = (((nint)r * Rows.Tap * columns) + (c * Columns.Tap)) * Size;
                sum = TLanes.MultiplyAdd(TLanes.Load(ref window[at]), TLanes.Load(ref *w), sum);
            }
        }

        finish.Store(sum, y, place);
    }
}
