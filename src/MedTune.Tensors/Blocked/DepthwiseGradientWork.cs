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

    /// <summary>What the input's pixels become on the way; only where <see cref="DepthwiseGradientRows.Fits"/>.</summary>
    public HeldNormalization Reading;

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
        bool isRegular = DepthwiseGradientRows.Fits(Shape);
        var regular = new DepthwiseGradientRows { Shape = Shape, Reading = Reading };
        for (int sample = Starts[shard]; sample < Starts[shard + 1]; sample++)
        {
            nint plane = ((nint)sample * Blocks) + block;
            float* x = X + (plane * Shape.Height * Shape.Width * Size);
            float* dy = Dy + (plane * Shape.OutputHeight * Shape.OutputWidth * Size);
            if (isRegular)
            {
                regular.Run<TLanes>(x, dy, 0, Shape.OutputHeight, block, sums);
            }

            for (int row = 0; !isRegular && row < Shape.OutputHeight; row++)
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
        for (int r = 0; r < Shape.FilterHeight; r++)
        {
            int from = top + (r * Shape.DilationHeight);
            for (int c = 0; c < Shape.FilterWidth && from >= 0 && from < Shape.Height; c++)
            {
                var (first, end) = Inside(c);
                float* source = x + (((nint)from * Shape.Width) + (c * Shape.DilationWidth) - Shape.PadLeft) * Size;
                float* sum = sums + (((r * Shape.FilterWidth) + c) * Size);
                Stretch<TLanes>(source, dy, first, end, sum);
            }
        }
    }

    /// <summary>The output columns whose windows have a filter column inside the input.</summary>
    private readonly (int First, int End) Inside(int filterColumn)
    {
        int stride = Shape.StrideWidth;
        int before = Shape.PadLeft - (filterColumn * Shape.DilationWidth);
        int from = before <= 0 ? 0 : (before + stride - 1) / stride;
        int room = Shape.Width - 1 + Shape.PadLeft - (filterColumn * Shape.DilationWidth);
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
}
