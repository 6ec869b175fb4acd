namespace MedTune.Tensors;

/// <summary>Sizes of a chain of convolutions around a depthwise one, and how it is cut into bands of its rows. Nothing here decides how a result is rounded.</summary>
internal sealed class SeparableLayout
{
    /// <summary>Floats of a band's inner images: 512 KiB, half of the second-level cache.</summary>
    private const int SlotLimit = 128 << 10;

    /// <summary>Fewest rows of a band where rows that two bands need are computed twice, or images are few.</summary>
    private const int FewestRows = 4;

    private const int FewestSharedRows = 7;

    /// <summary>Bands there should be, so that threads have work to share, and what their number should divide by, so that threads have equal parts.</summary>
    private const int WantedBands = 16;

    private const int EqualParts = 4;

    public SeparableLayout(ConvolutionShape? expand, ConvolutionShape depthwise, ConvolutionShape? project)
    {
        (Expand, Depthwise, Project) = (expand, depthwise, project);
        Rows = DepthwiseAxis.Forward(depthwise.OutputHeight, depthwise.Height, depthwise.FilterHeight, depthwise.StrideHeight, depthwise.DilationHeight, depthwise.PadTop);
        Columns = DepthwiseAxis.Forward(depthwise.OutputWidth, depthwise.Width, depthwise.FilterWidth, depthwise.StrideWidth, depthwise.DilationWidth, depthwise.PadLeft);
        Blocks = ChannelBlocks.Count(depthwise.Channels);
        BandRows = depthwise.OutputHeight;
        while (BandRows > FewestRows && (SlotOf(BandRows) > SlotLimit || (depthwise.Batch * Bands < WantedBands && BandRows > FewestSharedRows)))
        {
            // Equal bands, so that the last one is no splinter; so many more that each has fewer rows.
            int step = depthwise.Batch < EqualParts ? EqualParts : 1;
            int bands = Bands / step * step, before = BandRows;
            while (BandRows == before)
            {
                bands += step;
                BandRows = (depthwise.OutputHeight + bands - 1) / bands;
            }
        }
    }

    /// <summary>The convolution of single pixels before the depthwise one; null for none.</summary>
    public ConvolutionShape? Expand { get; }

    public ConvolutionShape Depthwise { get; }

    /// <summary>The convolution of single pixels after the depthwise one; null for none.</summary>
    public ConvolutionShape? Project { get; }

    public DepthwiseAxis Rows { get; }

    public DepthwiseAxis Columns { get; }

    /// <summary>Blocks of the depthwise convolution's channels.</summary>
    public int Blocks { get; }

    /// <summary>Rows of the depthwise convolution's outputs that a task computes.</summary>
    public int BandRows { get; }

    public int Bands => (Depthwise.OutputHeight + BandRows - 1) / BandRows;

    /// <summary>Floats from one block of expanded rows to the next.</summary>
    public int ExpandedBlock => InputRows(BandRows) * Depthwise.Width * ChannelBlocks.Size;

    /// <summary>Floats of expanded rows: two blocks at a time.</summary>
    public int ExpandedLength => Expand is null ? 0 : 2 * ExpandedBlock;

    /// <summary>Floats of scratch memory a thread needs.</summary>
    public int SlotLength => (int)SlotOf(BandRows);

    /// <summary>The first input row that a band's rows meet, and the one after the last.</summary>
    public (int First, int End) InputOf(int row, int endRow)
    {
        int first = Math.Clamp((row * Depthwise.StrideHeight) - Depthwise.PadTop, 0, Depthwise.Height);
        int end = ((endRow - 1) * Depthwise.StrideHeight) - Depthwise.PadTop + ((Depthwise.FilterHeight - 1) * Depthwise.DilationHeight) + 1;
        return (first, Math.Clamp(end, first, Depthwise.Height));
    }

    private int InputRows(int rows) => Math.Min(Depthwise.Height, ((rows - 1) * Depthwise.StrideHeight) + ((Depthwise.FilterHeight - 1) * Depthwise.DilationHeight) + 1);

    private long SlotOf(int rows)
    {
        long expanded = Expand is null ? 0 : 2L * InputRows(rows) * Depthwise.Width * ChannelBlocks.Size;
        long inner = Project is null ? 0 : (long)Blocks * rows * Depthwise.OutputWidth * ChannelBlocks.Size;
        return checked(expanded + inner);
    }
}
