using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>One pass of a depthwise convolution, forward or back to the input: y[place] = sum over the taps of its row and column. A task is some rows of a block.</summary>
internal unsafe struct DepthwiseWork : ILaneTask
{
    private const int Size = ChannelBlocks.Size;

    /// <summary>Pixels of a task, roughly: 128 KiB of input.</summary>
    private const int TaskPixels = 2048;

    /// <summary>Bands of an image there should be, so that a thread has the rows that it had in the layer before, and fewest rows of one.</summary>
    private const int WantedBands = 4;

    private const int FewestRows = 7;

    public int Blocks;
    public int FilterWidth;

    /// <summary>Filter elements of a channel.</summary>
    public int FilterArea;
    public DepthwiseAxis Rows;
    public DepthwiseAxis Columns;
    public float* X;
    public float* W;
    public float* Y;
    public ConvolutionFinish Finish;

    /// <summary>What the pixels that are read become on the way; only where <see cref="IsRegular"/>.</summary>
    public HeldNormalization Reading;

    /// <summary>The moments of what is written.</summary>
    public MomentParts Moments;

    /// <summary>How rows are computed where their places follow a rule.</summary>
    private DepthwiseRows _regular;

    /// <summary>Rows of a task.</summary>
    private int _bandRows;

    /// <summary>Whether rows are computed on padded copies.</summary>
    public readonly bool IsRegular => _regular.Width > 0;

    /// <summary>Tasks of a block of a sample.</summary>
    public readonly int Bands => (Rows.Count + _bandRows - 1) / _bandRows;

    /// <summary>Settles tasks of the usual size.</summary>
    public void Prepare()
    {
        int rows = Columns.Size == 0 ? 1 : TaskPixels / Math.Max(1, Columns.Count);
        Prepare(Math.Min(rows, Math.Max(FewestRows, (Rows.Count + WantedBands - 1) / WantedBands)));
    }

    /// <summary>Runs it on a pool.</summary>
    public void Start(int batch, TaskPool pool)
    {
        Prepare();
        LaneTasks.Run(pool, batch * Blocks * Bands, this);
    }

    /// <summary>Settles how rows are computed, and how many a task does.</summary>
    /// <param name="rows">About how many it should.</param>
    public void Prepare(int rows)
    {
        _bandRows = Math.Clamp(rows, 1, Math.Max(1, Rows.Count));
        if (Rows.Rule is not { } rowRule || Columns.Rule is not { } columnRule || Columns.Count == 0)
        {
            return;
        }

        var regular = new DepthwiseRows
        {
            Rows = rowRule,
            Columns = columnRule,
            Filter = (FilterArea / FilterWidth, FilterWidth),
            Image = (Rows.Size, Columns.Size),
            Width = Columns.Count,
            Reading = Reading,
        };
        if (regular.Most > 0)
        {
            (_regular, _bandRows) = (regular, Math.Min(_bandRows, regular.Most));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>(int task)
        where TLanes : struct, ILanes<TLanes>
    {
        (int rest, int block) = Math.DivRem(task, Blocks);
        (int sample, int band) = Math.DivRem(rest, Bands);
        int plane = (sample * Blocks) + block;
        float* x = X + ((nint)plane * Rows.Size * Columns.Size * Size);
        int row = band * _bandRows;
        nint place = (((nint)plane * Rows.Count) + row) * Columns.Count * Size;
        int end = Math.Min(Rows.Count, row + _bandRows);
        Band<TLanes>(x, block, row, end, Y, place);
        if (Moments.IsNeeded)
        {
            Moments.Add<TLanes>(plane, band, true, Y + place, (end - row) * Columns.Count);
        }
    }

    /// <summary>Some rows of a block.</summary>
    /// <param name="x">Row 0 of the block's input.</param>
    /// <param name="block">The block of channels.</param>
    /// <param name="row">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="y">What <paramref name="place"/> counts from.</param>
    /// <param name="place">Where the first row goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Band<TLanes>(float* x, int block, int row, int end, float* y, nint place)
        where TLanes : struct, ILanes<TLanes>
    {
        float* w = W + ((nint)block * FilterArea * Size);
        nint line = (nint)Columns.Count * Size;
        while (row < end)
        {
            int rows = IsRegular ? Math.Min(end - row, _bandRows) : 1;
            if (IsRegular)
            {
                _regular.Run<TLanes>(x, w, row, row + rows, y + place, block);
            }
            else
            {
                Line<TLanes>(x, w, row, y + place);
            }

            if (Finish.IsNeeded)
            {
                Finish.Apply(y, place, block, rows * Columns.Count, Size);
            }

            row += rows;
            place += rows * line;
        }
    }

    /// <summary>One row where places follow no rule.</summary>
    private readonly void Line<TLanes>(float* x, float* w, int row, float* line)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int lane = 0; lane < Size; lane += TLanes.Count)
        {
            foreach (int column in Columns.Edges)
            {
                Pixel<TLanes>(x + lane, w + lane, row, column, line + lane);
            }

            foreach (var run in Columns.Runs)
            {
                Inner<TLanes>(x + lane, w + lane, row, run, line + lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pixel<TLanes>(float* x, float* w, int row, int column, float* line)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Create(0);
        for (int r = Rows.Starts[row]; r < Rows.Starts[row + 1]; r++)
        {
            var (inputRow, filterRow) = Rows.Taps[r];
            for (int c = Columns.Starts[column]; c < Columns.Starts[column + 1]; c++)
            {
                var (inputColumn, filterColumn) = Columns.Taps[c];
                TLanes value = TLanes.Load(ref x[(((nint)inputRow * Columns.Size) + inputColumn) * Size]);
                sum = TLanes.MultiplyAdd(value, TLanes.Load(ref w[((filterRow * FilterWidth) + filterColumn) * Size]), sum);
            }
        }

        sum.Store(ref line[column * Size]);
    }

    /// <summary>Columns that meet the same filter columns: six at a time, so that six chains run side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Inner<TLanes>(float* x, float* w, int row, DepthwiseRun run, float* line)
        where TLanes : struct, ILanes<TLanes>
    {
        int column = run.First, left = run.Count;
        nint step = run.Step * Size, apart = run.Distance * Size;
        for (; left >= 6; left -= 6, column += 6 * run.Distance)
        {
            TLanes s0 = TLanes.Create(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0;
            for (int r = Rows.Starts[row]; r < Rows.Starts[row + 1]; r++)
            {
                var (inputRow, filterRow) = Rows.Taps[r];
                float* source = x + ((nint)inputRow * Columns.Size * Size);
                float* filter = w + (filterRow * FilterWidth * Size);
                for (int c = Columns.Starts[column]; c < Columns.Starts[column + 1]; c++)
                {
                    var (inputColumn, filterColumn) = Columns.Taps[c];
                    float* at = source + (inputColumn * Size);
                    TLanes weight = TLanes.Load(ref filter[filterColumn * Size]);
                    s0 = TLanes.MultiplyAdd(TLanes.Load(ref *at), weight, s0);
                    s1 = TLanes.MultiplyAdd(TLanes.Load(ref at[step]), weight, s1);
                    s2 = TLanes.MultiplyAdd(TLanes.Load(ref at[2 * step]), weight, s2);
                    s3 = TLanes.MultiplyAdd(TLanes.Load(ref at[3 * step]), weight, s3);
                    s4 = TLanes.MultiplyAdd(TLanes.Load(ref at[4 * step]), weight, s4);
                    s5 = TLanes.MultiplyAdd(TLanes.Load(ref at[5 * step]), weight, s5);
                }
            }

            float* y = line + (column * Size);
            s0.Store(ref *y);
            s1.Store(ref y[apart]);
            s2.Store(ref y[2 * apart]);
            s3.Store(ref y[3 * apart]);
            s4.Store(ref y[4 * apart]);
            s5.Store(ref y[5 * apart]);
        }

        for (; left > 0; left--, column += run.Distance)
        {
            Pixel<TLanes>(x, w, row, column, line);
        }
    }
}
