using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>One run of a <see cref="DepthwiseBackward"/>. A task is a shard and a block, done in bands of input rows.</summary>
internal unsafe struct DepthwiseBackwardWork : ILaneTask
{
    private const int Size = ChannelBlocks.Size;

    /// <summary>Pixels of a band, roughly: 128 KiB of input.</summary>
    private const int BandPixels = 2048;

    /// <summary>Floats of the convolution's gradient that a band may make on its stack: 192 KiB.</summary>
    private const int CopyLimit = 48 << 10;

    public ConvolutionShape Shape;
    public int Blocks;
    public int* Starts;

    /// <summary>The gradient behind the second normalization, and what that normalized.</summary>
    public float* G;
    public float* Z;
    public HeldTable Behind;

    /// <summary>The gradient behind the first normalization, which is written, and what that normalized.</summary>
    public float* Dy;
    public float* X;
    public HeldTable Before;
    public GradientSums Sums;

    /// <summary>[shard][block][filter element][16].</summary>
    public float* FilterSums;

    /// <summary>The convolution's gradient by its input.</summary>
    public DepthwiseWork Back;

    /// <summary>Whether a band's gradient fits the stack.</summary>
    public static bool Fits(ConvolutionShape shape) => MostOutputRows(shape) * (long)shape.OutputWidth * Size <= CopyLimit;

    public void Start(int shards, TaskPool pool)
    {
        Back.Prepare(BandRows(Shape));
        LaneTasks.Run(pool, shards * Blocks, this);
    }

    /// <summary>Input rows of a band, a whole number of steps.</summary>
    private static int BandRows(ConvolutionShape shape) => Math.Max(1, BandPixels / shape.Width / shape.StrideHeight) * shape.StrideHeight;

    /// <summary>The most output rows that meet a band's input rows, or belong to it.</summary>
    private static int MostOutputRows(ConvolutionShape shape) => Math.Min(shape.OutputHeight, ((BandRows(shape) + Span(shape) + shape.PadTop) / shape.StrideHeight) + 2);

    /// <summary>Input rows from the first to the last that an output reads.</summary>
    private static int Span(ConvolutionShape shape) => (shape.FilterHeight - 1) * shape.DilationHeight;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>(int task)
        where TLanes : struct, ILanes<TLanes>
    {
        (int shard, int block) = Math.DivRem(task, Blocks);
        float* sums = FilterSums + ((nint)task * Shape.FilterArea * Size);
        new Span<float>(sums, Shape.FilterArea * Size).Clear();
        Sums.Clear(task);
        int rows = BandRows(Shape);
        for (int sample = Starts[shard]; sample < Starts[shard + 1]; sample++)
        {
            for (int row = 0; row < Shape.Height; row += rows)
            {
                Band<TLanes>(task, ((nint)sample * Blocks) + block, block, row, Math.Min(row + rows, Shape.Height), sums);
            }
        }
    }

    /// <summary>Input rows of one block of a sample, and the output rows that start in them.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Band<TLanes>(int task, nint plane, int block, int row, int end, float* filterSums)
        where TLanes : struct, ILanes<TLanes>
    {
        nint line = (nint)Shape.OutputWidth * Size, outputs = plane * Shape.OutputHeight * line;
        nint inputLine = (nint)Shape.Width * Size, inputs = plane * Shape.Height * inputLine;

        // Output rows whose filters are summed here, and all that the input rows met.
        int own = (row + Shape.StrideHeight - 1) / Shape.StrideHeight, ownEnd = Math.Min((end + Shape.StrideHeight - 1) / Shape.StrideHeight, Shape.OutputHeight);
        int first = Math.Clamp((row + Shape.PadTop - Span(Shape)) / Shape.StrideHeight, 0, own);
        int last = Math.Clamp(((end - 1 + Shape.PadTop) / Shape.StrideHeight) + 1, ownEnd, Shape.OutputHeight);
        float* memory = stackalloc float[(int)((last - first) * line) + Size];
        float* gradient = (float*)(((nuint)memory + 63) & ~(nuint)63);
        nint start = outputs + (first * line);
        Behind.Input<TLanes>(G + start, Z + start, block, (last - first) * Shape.OutputWidth, gradient);

        // Where row 0 would lie.
        gradient -= first * line;
        nint place = inputs + (row * inputLine);
        Back.Band<TLanes>(gradient, block, row, end, Dy, place);
        var filters = new DepthwiseGradientRows
        {
            Shape = Shape,
            Reading = new HeldNormalization
            {
                Scale = Before.Table + (NormalizationTable.ForwardScale * Before.Channels),
                Shift = Before.Table + (NormalizationTable.ForwardShift * Before.Channels),
                Minimum = Before.Minimum,
                Maximum = Before.Maximum,
            },
        };
        filters.Run<TLanes>(X + inputs, gradient, own, ownEnd, block, filterSums);
        Sums.Add<TLanes>(task, Dy + place, X + place, (end - row) * Shape.Width);
    }
}
