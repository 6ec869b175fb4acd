using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The sums of input times output gradient for every filter element of a block's channels over one shard of samples. A task is a shard and a block.</summary>
internal unsafe struct DepthwiseGradientWork : ILaneTask
{
    private const int Size = ChannelBlocks.Size;

    public ConvolutionShape Shape;
    public int Blocks;
    public int* Starts;
    public float* X;
    public float* Dy;
    public float* Sums;

    public readonly void Start(int shards, TaskPool pool)
    {
        LaneTasks.Run(pool, shards * Blocks, this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>(int task)
        where TLanes : struct, ILanes<TLanes>
    {
        (int shard, int block) = Math.DivRem(task, Blocks);
        float* sums = Sums + ((nint)task * Shape.FilterArea * Size);
        new Span<float>(sums, Shape.FilterArea * Size).Clear();
        for (int sample = Starts[shard]; sample < Starts[shard + 1]; sample++)
        {
            nint plane = ((nint)sample * Blocks) + block;
            float* x = X + (plane * Shape.Height * Shape.Width * Size);
            float* dy = Dy + (plane * Shape.OutputHeight * Shape.OutputWidth * Size);
            for (int row = 0; row < Shape.OutputHeight; row++)
            {
                for (int lane = 0; lane < Size; lane += TLanes.Count)
                {
                    Row<TLanes>(x + lane, dy + ((nint)row * Shape.OutputWidth * Size) + lane, row, sums + lane);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Row<TLanes>(float* x, float* dy, int row, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        int top = (row * Shape.StrideHeight) - Shape.PadTop;
        int bottom = top + ((Shape.FilterHeight - 1) * Shape.DilationHeight);
        bool isWhole = Shape.FilterHeight == 3 && Shape.FilterWidth == 3 && top >= 0 && bottom < Shape.Height;
        var inner = Inside(0, Shape.FilterWidth - 1);
        for (int r = 0; r < Shape.FilterHeight; r++)
        {
            int from = top + (r * Shape.DilationHeight);
            for (int c = 0; c < Shape.FilterWidth && from >= 0 && from < Shape.Height; c++)
            {
                var all = Inside(c, c);
                float* source = x + (((nint)from * Shape.Width) + (c * Shape.DilationWidth) - Shape.PadLeft) * Size;
                float* sum = sums + (((r * Shape.FilterWidth) + c) * Size);
                Stretch<TLanes>(source, dy, all.First, isWhole ? Math.Min(inner.First, all.End) : all.End, sum);
            }
        }

        if (!isWhole)
        {
            return;
        }

        if (inner.End > inner.First)
        {
            Nine<TLanes>(x + (((nint)top * Shape.Width) - Shape.PadLeft) * Size, dy, inner.First, inner.End, sums);
        }

        for (int r = 0; r < 3; r++)
        {
            for (int c = 0; c < 3; c++)
            {
                var all = Inside(c, c);
                float* source = x + ((((nint)top + (r * Shape.DilationHeight)) * Shape.Width) + (c * Shape.DilationWidth) - Shape.PadLeft) * Size;
                Stretch<TLanes>(source, dy, Math.Max(all.First, Math.Max(inner.First, inner.End)), all.End, sums + (((r * 3) + c) * Size));
            }
        }
    }

    /// <summary>The output columns whose windows have the filter columns from first to last inside the input.</summary>
    private readonly (int First, int End) Inside(int first, int last)
    {
        int stride = Shape.StrideWidth;
        int before = Shape.PadLeft - (first * Shape.DilationWidth);
        int from = before <= 0 ? 0 : (before + stride - 1) / stride;
        int room = Shape.Width - 1 + Shape.PadLeft - (last * Shape.DilationWidth);
        int end = room < 0 ? 0 : Math.Min(Shape.OutputWidth, (room / stride) + 1);
        return (from, Math.Max(from, end));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Stretch<TLanes>(float* x, float* dy, int first, int end, float* sum)
        where TLanes : struct, ILanes<TLanes>
    {
        if (end <= first)
        {
            return;
        }

        TLanes total = TLanes.Load(ref *sum);
        nint step = Shape.StrideWidth * Size;
        for (int column = first; column < end; column++)
        {
            total = TLanes.MultiplyAdd(TLanes.Load(ref x[column * step]), TLanes.Load(ref dy[column * Size]), total);
        }

        total.Store(ref *sum);
    }

    /// <summary>Nine chains side by side where the whole 3 x 3 window lies inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Nine<TLanes>(float* x, float* dy, int first, int end, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        nint step = Shape.StrideWidth * Size;
        nint next = Shape.DilationWidth * Size;
        float* top = x + (first * step);
        float* middle = top + ((nint)Shape.DilationHeight * Shape.Width * Size);
        float* low = middle + ((nint)Shape.DilationHeight * Shape.Width * Size);
        TLanes s0 = TLanes.Load(ref *sums), s1 = TLanes.Load(ref sums[Size]), s2 = TLanes.Load(ref sums[2 * Size]);
        TLanes s3 = TLanes.Load(ref sums[3 * Size]), s4 = TLanes.Load(ref sums[4 * Size]), s5 = TLanes.Load(ref sums[5 * Size]);
        TLanes s6 = TLanes.Load(ref sums[6 * Size]), s7 = TLanes.Load(ref sums[7 * Size]), s8 = TLanes.Load(ref sums[8 * Size]);
        for (int column = first; column < end; column++)
        {
            TLanes g = TLanes.Load(ref dy[column * Size]);
            s0 = TLanes.MultiplyAdd(TLanes.Load(ref *top), g, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(ref top[next]), g, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(ref top[2 * next]), g, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(ref *middle), g, s3);
            s4 = TLanes.MultiplyAdd(TLanes.Load(ref middle[next]), g, s4);
            s5 = TLanes.MultiplyAdd(TLanes.Load(ref middle[2 * next]), g, s5);
            s6 = TLanes.MultiplyAdd(TLanes.Load(ref *low), g, s6);
            s7 = TLanes.MultiplyAdd(TLanes.Load(ref low[next]), g, s7);
            s8 = TLanes.MultiplyAdd(TLanes.Load(ref low[2 * next]), g, s8);
            top += step;
            middle += step;
            low += step;
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
