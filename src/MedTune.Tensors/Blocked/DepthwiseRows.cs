using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>
/// Rows of one block of a depthwise convolution whose places follow a rule. Where images are wide, most windows lie inside them and are read in place; the others
/// leave out what they do not meet. Otherwise a copy with zeros around the image makes all pixels alike: a zero's product changes no sum.
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

    /// <summary>The columns written whose windows lie inside the image.</summary>
    private readonly (int First, int End) Inner
    {
        get
        {
            int reach = (Filter.Columns - 1) * Columns.Tap;
            int before = Columns.Offset - Math.Min(0, reach);
            int last = Image.Width - 1 + Columns.Offset - Math.Max(0, reach);
            int first = (Math.Max(0, before) + Columns.Step - 1) / Columns.Step;
            return (first, last < 0 ? 0 : Math.Min(Width, (last / Columns.Step) + 1));
        }
    }

    private readonly int CopyColumns => ((Width - 1) * Columns.Step) + Span(Filter.Columns, Columns.Tap);

    /// <summary>Computes rows, no more than <see cref="Most"/>.</summary>
    /// <param name="x">Row 0 of the block's image.</param>
    /// <param name="w">The block's filters.</param>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="y">Where the first row goes.</param>
    /// <param name="block">The block of channels.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>(float* x, float* w, int first, int end, float* y, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        var inner = Inner;
        if (Columns.Step > 1 && !Reading.IsNeeded && inner.End - inner.First >= Together)
        {
            InPlace<TLanes>(x, w, first, end, y, inner);
            return;
        }

        int columns = CopyColumns;
        int rows = ((end - first - 1) * Rows.Step) + Span(Filter.Rows, Rows.Tap);
        (int tapRow, int tapColumn) = (Math.Min(0, (Filter.Rows - 1) * Rows.Tap), Math.Min(0, (Filter.Columns - 1) * Columns.Tap));
        float* memory = stackalloc float[(rows * columns * Size) + Size];

        // Whole lines of memory: a register that lies across two is read twice.
        float* copy = (float*)(((nuint)memory + 63) & ~(nuint)63);
        PaddedBlock.Copy<TLanes>(x, Image, ((first * Rows.Step) - Rows.Offset + tapRow, tapColumn - Columns.Offset), rows, columns, in Reading, block, copy);
        float* window = copy - ((((nint)tapRow * columns) + tapColumn) * Size);
        for (int row = first; row < end; row++, y += (nint)Width * Size, window += (nint)Rows.Step * columns * Size)
        {
            for (int lane = 0; lane < Size; lane += TLanes.Count)
            {
                int column = 0;
                for (; Width >= Together && column < Width; column += Together)
                {
                    // The last ones are computed twice where the row does not divide.
                    column = Math.Min(column, Width - Together);
                    Seven<TLanes>(window + ((nint)column * Columns.Step * Size) + lane, columns, Filter.Rows, w + lane, y + ((nint)column * Size) + lane);
                }

                for (; column < Width; column++)
                {
                    One<TLanes>(window + ((nint)column * Columns.Step * Size) + lane, columns, Filter, w + lane, y + ((nint)column * Size) + lane);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void InPlace<TLanes>(float* x, float* w, int first, int end, float* y, (int First, int End) inner)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int row = first; row < end; row++, y += (nint)Width * Size)
        {
            int start = (row * Rows.Step) - Rows.Offset;
            var (skipped, rows) = Met(start, Rows.Tap, Filter.Rows, Image.Height);
            float* line = x + (((nint)start + (skipped * Rows.Tap)) * Image.Width * Size);
            float* filter = w + ((nint)skipped * Filter.Columns * Size);
            for (int lane = 0; lane < Size; lane += TLanes.Count)
            {
                for (int column = inner.First; column < inner.End; column += Together)
                {
                    // The last ones are computed twice where the row does not divide.
                    column = Math.Min(column, inner.End - Together);
                    float* window = line + ((((nint)column * Columns.Step) - Columns.Offset) * Size);
                    Seven<TLanes>(window + lane, Image.Width, rows, filter + lane, y + ((nint)column * Size) + lane);
                }

                for (int column = inner.First > 0 ? 0 : inner.End; column < Width; column = column + 1 == inner.First ? inner.End : column + 1)
                {
                    int left = (column * Columns.Step) - Columns.Offset;
                    var (before, columns) = Met(left, Columns.Tap, Filter.Columns, Image.Width);
                    float* window = line + (((nint)left + (before * Columns.Tap)) * Size);
                    One<TLanes>(window + lane, Image.Width, (rows, columns), filter + (before * Size) + lane, y + ((nint)column * Size) + lane);
                }
            }
        }
    }

    /// <summary>How many filter elements are skipped before the first that meets the image, and how many meet it.</summary>
    private static (int Skipped, int Count) Met(int start, int tap, int filter, int size)
    {
        int skipped = 0;
        while (skipped < filter && (uint)(start + (skipped * tap)) >= (uint)size)
        {
            skipped++;
        }

        int count = 0;
        while (skipped + count < filter && (uint)(start + ((skipped + count) * tap)) < (uint)size)
        {
            count++;
        }

        return (skipped, count);
    }

    /// <summary>Places from the first to the last that one output reads.</summary>
    private static int Span(int filter, int tap) => ((filter - 1) * Math.Abs(tap)) + 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Seven<TLanes>(float* window, int columns, int rows, float* w, float* y)
        where TLanes : struct, ILanes<TLanes>
    {
        if ((Columns.Step, Columns.Tap, Filter.Columns) == (1, 1, 3))
        {
            SevenNeighbors<TLanes>(window, (nint)Rows.Tap * columns * Size, rows, w, y);
            return;
        }

        nint step = Columns.Step * Size, tap = Columns.Tap * Size;
        nint step2 = 2 * step, step4 = 4 * step;
        nint line = (nint)Rows.Tap * columns * Size;
        TLanes s0 = TLanes.Create(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0;
        for (int r = rows; r > 0; r--, window += line)
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

        Store(s0, s1, s2, s3, s4, s5, s6, y);
    }

    /// <summary>Seven neighbors under filters of three columns: a pixel that three of them meet is read once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SevenNeighbors<TLanes>(float* window, nint line, int rows, float* w, float* y)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes s0 = TLanes.Create(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0;
        for (; rows > 0; rows--, window += line, w += 3 * Size)
        {
            TLanes w0 = TLanes.Load(ref *w), w1 = TLanes.Load(ref w[Size]), w2 = TLanes.Load(ref w[2 * Size]);
            TLanes v = TLanes.Load(ref window[0]);
            s0 = TLanes.MultiplyAdd(v, w0, s0);
            v = TLanes.Load(ref window[Size]);
            s0 = TLanes.MultiplyAdd(v, w1, s0);
            s1 = TLanes.MultiplyAdd(v, w0, s1);
            v = TLanes.Load(ref window[2 * Size]);
            s0 = TLanes.MultiplyAdd(v, w2, s0);
            s1 = TLanes.MultiplyAdd(v, w1, s1);
            s2 = TLanes.MultiplyAdd(v, w0, s2);
            v = TLanes.Load(ref window[3 * Size]);
            s1 = TLanes.MultiplyAdd(v, w2, s1);
            s2 = TLanes.MultiplyAdd(v, w1, s2);
            s3 = TLanes.MultiplyAdd(v, w0, s3);
            v = TLanes.Load(ref window[4 * Size]);
            s2 = TLanes.MultiplyAdd(v, w2, s2);
            s3 = TLanes.MultiplyAdd(v, w1, s3);
            s4 = TLanes.MultiplyAdd(v, w0, s4);
            v = TLanes.Load(ref window[5 * Size]);
            s3 = TLanes.MultiplyAdd(v, w2, s3);
            s4 = TLanes.MultiplyAdd(v, w1, s4);
            s5 = TLanes.MultiplyAdd(v, w0, s5);
            v = TLanes.Load(ref window[6 * Size]);
            s4 = TLanes.MultiplyAdd(v, w2, s4);
            s5 = TLanes.MultiplyAdd(v, w1, s5);
            s6 = TLanes.MultiplyAdd(v, w0, s6);
            v = TLanes.Load(ref window[7 * Size]);
            s5 = TLanes.MultiplyAdd(v, w2, s5);
            s6 = TLanes.MultiplyAdd(v, w1, s6);
            v = TLanes.Load(ref window[8 * Size]);
            s6 = TLanes.MultiplyAdd(v, w2, s6);
        }

        Store(s0, s1, s2, s3, s4, s5, s6, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(TLanes s0, TLanes s1, TLanes s2, TLanes s3, TLanes s4, TLanes s5, TLanes s6, float* y)
        where TLanes : struct, ILanes<TLanes>
    {
        s0.Store(ref y[0]);
        s1.Store(ref y[Size]);
        s2.Store(ref y[2 * Size]);
        s3.Store(ref y[3 * Size]);
        s4.Store(ref y[4 * Size]);
        s5.Store(ref y[5 * Size]);
        s6.Store(ref y[6 * Size]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void One<TLanes>(float* window, int columns, (int Rows, int Columns) met, float* w, float* y)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Create(0);
        for (int r = 0; r < met.Rows; r++)
        {
            for (int c = 0; c < met.Columns; c++)
            {
                nint at = (((nint)r * Rows.Tap * columns) + (c * Columns.Tap)) * Size;
                sum = TLanes.MultiplyAdd(TLanes.Load(ref window[at]), TLanes.Load(ref w[((r * Filter.Columns) + c) * Size]), sum);
            }
        }

        sum.Store(ref *y);
    }
}
