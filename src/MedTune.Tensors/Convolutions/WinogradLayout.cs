namespace MedTune.Tensors;

/// <summary>
/// Sizes of a 3 x 3 convolution without steps, computed by minimal filtering: tiles of 2 x 2 outputs from 4 x 4 inputs with 16 instead of 36 multiplications,
/// F(2 x 2, 3 x 3) of Lavin and Gray, Fast algorithms for convolutional neural networks, CVPR 2016. Nothing here decides how a result is rounded.
/// </summary>
internal sealed class WinogradLayout
{
    /// <summary>Numbers of a transformed tile.</summary>
    public const int Positions = 16;

    /// <summary>Most and, where there are so many, fewest tiles of a task: each weight is then used in several tile rows.</summary>
    private const int MostTiles = 112;

    private const int FewestTiles = 56;

    /// <summary>What the number of tasks divides by where there are enough tiles, so that threads have equal parts.</summary>
    private const int EqualParts = 4;

    /// <summary>Floats of transformed inputs and products of a task that stay in the second-level cache: 640 KiB.</summary>
    private const int SlotLimit = 160 << 10;

    /// <summary>Multiply-adds of a task that are worth a thread's while.</summary>
    private const double TaskProducts = 1e6;

    public WinogradLayout(ConvolutionShape shape, bool isGradient)
    {
        Batch = shape.Batch;
        (Planes, OutputBlocks) = (ChannelBlocks.Count(shape.Channels), ChannelBlocks.Count(shape.Outputs));
        Input = (shape.Height, shape.Width);
        Output = (shape.OutputHeight, shape.OutputWidth);
        Padding = (shape.PadTop, shape.PadLeft);
        if (isGradient)
        {
            // The gradient by the input is the convolution of the output's gradient with the filters turned round.
            (Planes, OutputBlocks) = (OutputBlocks, Planes);
            (Input, Output) = (Output, Input);
            Padding = (2 - shape.PadTop, 2 - shape.PadLeft);
        }

        TileRows = (Output.Height + 1) / 2;
        TileColumns = (Output.Width + 1) / 2;
        int most = Math.Clamp(SlotLimit / (Positions * ChannelBlocks.Size * (Planes + OutputBlocks)), FewestTiles, MostTiles);
        Bands = Math.Max(1, (Tiles + most - 1) / most);
        if (Tiles > FewestTiles)
        {
            Bands = (Bands + EqualParts - 1) / EqualParts * EqualParts;
        }

        BandTiles = Math.Max(1, (Tiles + Bands - 1) / Bands);
    }

    public int Batch { get; }

    /// <summary>Blocks of input channels.</summary>
    public int Planes { get; }

    public int OutputBlocks { get; }

    /// <summary>Pairs of output blocks; the last may be a single one.</summary>
    public int Pairs => (OutputBlocks + 1) / 2;

    public (int Height, int Width) Input { get; }

    public (int Height, int Width) Output { get; }

    /// <summary>Rows and columns by which the first window begins before the input.</summary>
    public (int Top, int Left) Padding { get; }

    public int TileRows { get; }

    public int TileColumns { get; }

    /// <summary>Tiles of the whole batch.</summary>
    public int Tiles => checked(Batch * TileRows * TileColumns);

    /// <summary>Into how many stretches the tiles are cut.</summary>
    public int Bands { get; }

    /// <summary>Tiles of a stretch; the last may have fewer.</summary>
    public int BandTiles { get; }

    /// <summary>Floats the transformed weights of a position take.</summary>
    public int PositionWeights => Planes * ChannelBlocks.Size * OutputBlocks * ChannelBlocks.Size;

    /// <summary>Floats all transformed weights take.</summary>
    public int Weights => checked(Positions * PositionWeights);

    /// <summary>Floats of the transformed inputs of a task.</summary>
    public int InputsLength => Positions * Planes * BandTiles * ChannelBlocks.Size;

    /// <summary>Floats of scratch memory a thread needs: transformed inputs, and products before the last transform.</summary>
    public int SlotLength => checked(InputsLength + (Positions * 2 * Pairs * BandTiles * ChannelBlocks.Size));

    /// <summary>A tile by its number.</summary>
    public WinogradTile TileAt(int index)
    {
        (int rest, int column) = Math.DivRem(index, TileColumns);
        (int sample, int row) = Math.DivRem(rest, TileRows);
        return new WinogradTile { Sample = sample, Row = row, Column = column };
    }

    /// <summary>How the output pairs of a stretch are shared among tasks, so that there are enough of them for the threads.</summary>
    public int Groups(int threads)
    {
        int wanted = threads == 1 ? 1 : ((4 * threads) + Bands - 1) / Bands;
        double products = (double)PositionWeights * Positions * BandTiles;
        return Math.Clamp(Math.Min(wanted, (int)(products / TaskProducts)), 1, Pairs);
    }

    /// <summary>
    /// Whether a convolution is computed so: 3 x 3 without steps or gaps, with enough channels and pixels. The batch does not count, so that a sample's
    /// result does not depend on its company.
    /// </summary>
    public static bool Suits(ConvolutionShape shape) =>
        !shape.IsPlanar && !shape.IsDirect && (shape.FilterHeight, shape.FilterWidth) == (3, 3) && (shape.StrideHeight, shape.StrideWidth) == (1, 1)
        && (shape.DilationHeight, shape.DilationWidth) == (1, 1)
        && Math.Min(shape.Channels, shape.Outputs) >= ChannelBlocks.Size
        && Math.Min(shape.OutputHeight, shape.OutputWidth) >= 4;
}
