using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>One pass of a depthwise convolution, forward or back to the input: y[place] = sum over the taps of its row and column. A task is some rows of a block.</summary>
internal unsafe struct DepthwiseWork : ILaneTask
{
    private const int Size = ChannelBlocks.Size;

    /// <summary>Pixels of a task, roughly: 128 KiB of input.</summary>
    private const int TaskPixels = 2048;

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

    private readonly int BandRows => Math.Clamp(TaskPixels / Math.Max(1, Columns.Count), 1, Math.Max(1, Rows.Count));

    private readonly int Bands => (Rows.Count + BandRows - 1) / BandRows;

    public readonly void Start(int batch, TaskPool pool)
    {
        LaneTasks.Run(pool, batch * Blocks * Bands, this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>(int task)
        where TLanes : struct, ILanes<TLanes>
    {
        (int plane, int band) = Math.DivRem(task, Bands);
        float* w = W + ((nint)(plane % Blocks) * FilterArea * Size);
        float* x = X + ((nint)plane * Rows.Size * Columns.Size * Size);
        nint start = (nint)plane * Rows.Count * Columns.Count * Size;
        for (int row = band * BandRows; row < Math.Min(Rows.Count, (band + 1) * BandRows); row++)
        {
            nint line = start + ((nint)row * Columns.Count * Size);
            for (int lane = 0; lane < Size; lane += TLanes.Count)
            {
                for (int column = 0; column < Columns.InnerFirst; column++)
                {
                    Pixel<TLanes>(x + lane, w + lane, row, column, Y + line + lane);
                }

                Inner<TLanes>(x + lane, w + lane, row, Y + line + lane);
                for (int column = Math.Max(Columns.InnerFirst, Columns.InnerEnd); column < Columns.Count; column++)
                {
                    Pixel<TLanes>(x + lane, w + lane, row, column, Y + line + lane);
                }
            }

            if (Finish.IsNeeded)
            {
                Finish.Apply(Y, line, plane % Blocks, Columns.Count, Size);
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

    /// <summary>Columns that meet every filter column: six at a time, so that six chains run side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Inner<TLanes>(float* x, float* w, int row, float* line)
        where TLanes : struct, ILanes<TLanes>
    {
        int column = Columns.InnerFirst;
        nint step = Columns.Step * Size;
        for (; column + 6 <= Columns.InnerEnd; column += 6)
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
            s1.Store(ref y[Size]);
            s2.Store(ref y[2 * Size]);
            s3.Store(ref y[3 * Size]);
            s4.Store(ref y[4 * Size]);
            s5.Store(ref y[5 * Size]);
        }

        for (; column < Columns.InnerEnd; column++)
        {
            Pixel<TLanes>(x, w, row, column, line);
        }
    }
}
