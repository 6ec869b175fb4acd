using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>One run of a chain of convolutions around a depthwise one. A task is a band of a sample's rows: what lies between the convolutions stays in its thread's cache.</summary>
internal unsafe struct SeparableWork : ITileTask
{
    private const int Size = ChannelBlocks.Size;

    public SeparableLayout Layout;
    public float* X;
    public float* Y;
    public float* ExpandWeights;
    public ConvolutionFinish ExpandFinish;
    public DepthwiseWork Depthwise;
    public float* ProjectWeights;
    public ConvolutionFinish ProjectFinish;
    public ThreadSlots Slots;

    public readonly int Tasks => Layout.Depthwise.Batch * Layout.Bands;

    /// <summary>Runs a task with the tiles and lanes of one instruction set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TTiles, TLanes>(int task)
        where TTiles : struct, IConvolutionTiles
        where TLanes : struct, ILanes<TLanes>
    {
        float* expanded = Slots.Take(out int slot);
        float* inner = expanded + Layout.ExpandedLength;
        (int sample, int band) = Math.DivRem(task, Layout.Bands);
        int row = band * Layout.BandRows, end = Math.Min(row + Layout.BandRows, Layout.Depthwise.OutputHeight);
        for (int block = 0; block < Layout.Blocks; block += 2)
        {
            int blocks = Math.Min(2, Layout.Blocks - block);
            if (Layout.Expand is not null)
            {
                Expand<TTiles>(sample, block, blocks, Layout.InputOf(row, end), expanded);
            }

            for (int b = block; b < block + blocks; b++)
            {
                Filter<TLanes>(sample, b, row, end, expanded + ((nint)(b - block) * Layout.ExpandedBlock), inner);
            }
        }

        if (Layout.Project is not null)
        {
            Project<TTiles>(sample, row, end, inner);
        }

        Slots.GiveBack(slot);
    }

    /// <summary>Some blocks of the rows that the depthwise convolution reads.</summary>
    private readonly void Expand<TTiles>(int sample, int block, int blocks, (int First, int End) rows, float* expanded)
        where TTiles : struct, IConvolutionTiles
    {
        var shape = Layout.Expand!;
        int planes = ChannelBlocks.Count(shape.Channels);
        nint plane = (nint)shape.Height * shape.Width * Size;
        int pixels = (rows.End - rows.First) * shape.Width;
        float* x = X + ((nint)sample * planes * plane) + ((nint)rows.First * shape.Width * Size);
        float* w = ExpandWeights + ((nint)block * planes * Size * Size);
        PixelProduct.Run<TTiles>(
            x, plane, planes, ChannelBlocks.Parts(shape.Channels), pixels, w, ExpandWeights + ((nint)Layout.Blocks * planes * Size * Size), expanded, Layout.ExpandedBlock, blocks, in ExpandFinish, block);
    }

    /// <summary>A block of the depthwise convolution, to the inner images or, where nothing follows, to y.</summary>
    private readonly void Filter<TLanes>(int sample, int block, int row, int end, float* expanded, float* inner)
        where TLanes : struct, ILanes<TLanes>
    {
        var shape = Layout.Depthwise;
        nint plane = ((nint)sample * Layout.Blocks) + block;

        // Row 0 of the input, wherever it would lie before the first expanded row.
        float* x = Layout.Expand is null
            ? X + (plane * shape.Height * shape.Width * Size)
            : expanded - ((nint)Layout.InputOf(row, end).First * shape.Width * Size);
        nint line = (nint)shape.OutputWidth * Size;
        float* target = Layout.Project is null ? Y : inner;
        nint start = Layout.Project is null ? (plane * shape.OutputHeight * line) + (row * line) : block * Layout.BandRows * line;
        Depthwise.Band<TLanes>(x, block, row, end, target, start);
    }

    /// <summary>All outputs of a band.</summary>
    private readonly void Project<TTiles>(int sample, int row, int end, float* inner)
        where TTiles : struct, IConvolutionTiles
    {
        var shape = Layout.Project!;
        int outputs = ChannelBlocks.Count(shape.Outputs);
        nint plane = (nint)shape.OutputHeight * shape.OutputWidth * Size;
        nint inputPlane = (nint)Layout.BandRows * shape.Width * Size;
        int pixels = (end - row) * shape.Width;
        float* weightsEnd = ProjectWeights + ((nint)outputs * Layout.Blocks * Size * Size);
        for (int block = 0; block < outputs; block += 2)
        {
            int blocks = Math.Min(2, outputs - block);
            nint start = ((((nint)sample * outputs) + block) * plane) + ((nint)row * shape.Width * Size);
            float* w = ProjectWeights + ((nint)block * Layout.Blocks * Size * Size);
            PixelProduct.Run<TTiles>(
                inner, inputPlane, Layout.Blocks, ChannelBlocks.Parts(shape.Channels), pixels, w, weightsEnd, Y + start, plane, blocks, in ConvolutionFinish.None);
            for (int b = 0; b < blocks && ProjectFinish.IsNeeded; b++)
            {
                ProjectFinish.Apply(Y, start + (b * plane), block + b, pixels, Size);
            }
        }
    }
}
