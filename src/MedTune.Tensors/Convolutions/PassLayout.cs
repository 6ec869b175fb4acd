namespace MedTune.Tensors;

/// <summary>Where the numbers of a pass lie and how it is cut into tasks. Nothing here decides how a result is rounded.</summary>
internal sealed class PassLayout
{
    /// <summary>Floats of the padded copy a task may make on its stack: 192 KiB, which the second-level cache holds beside the weights.</summary>
    private const int ScratchLimit = 48 << 10;

    /// <summary>Floats of weights that a tile row uses again and again: 24 KiB, half of the first-level cache.</summary>
    private const int WeightLimit = 6 << 10;

    /// <summary>Weights that do not stay in the second-level cache while the bands of an image are done: 256 KiB.</summary>
    private const double ManyWeights = 64 << 10;

    /// <summary>Floats of a long row of pixels that the second-level cache holds beside the weights in use: 512 KiB.</summary>
    private const int RowLimit = 128 << 10;

    /// <summary>Multiply-adds of a task, about 60 microseconds.</summary>
    private const double TaskProducts = 8e6;

    /// <summary>Fewest multiply-adds that are worth a task of their own, about 2 microseconds.</summary>
    private const double FewestProducts = 2.5e5;

    /// <summary>Bands of a sample there should be where it is small, so that threads have equal parts.</summary>
    private const int WantedBands = 4;

    /// <summary>Fewest pixels of a band that is part of a long row: about four tiles use each weight that is read.</summary>
    private const int FewestPixels = 48;

    /// <param name="pass">The pass.</param>
    /// <param name="channels">Channels it reads.</param>
    /// <param name="unit">Channels of a plane: 16, or 1 for a planar image.</param>
    /// <param name="input">Rows and columns it reads.</param>
    /// <param name="outputs">Channels it makes.</param>
    /// <param name="output">Rows and columns it makes.</param>
    public PassLayout(ConvolutionPass pass, int channels, int unit, (int Height, int Width) input, int outputs, (int Height, int Width) output)
    {
        int planes = (channels + unit - 1) / unit;
        Pass = pass;
        Planes = planes;
        Unit = unit;
        Input = input;
        OutputBlocks = ChannelBlocks.Count(outputs);
        Output = output;
        Taps = [.. pass.Taps];
        IsEmpty = Taps.Length == 0;
        if (!IsEmpty)
        {
            (FirstRow, FirstColumn) = (Taps.Min(tap => tap.Row), Taps.Min(tap => tap.Column));
            RowSpan = Taps.Max(tap => tap.Row) - FirstRow + 1;
            ColumnSpan = Taps.Max(tap => tap.Column) - FirstColumn + pass.RunColumns;
        }

        IsPadded = !IsEmpty && (FirstRow < 0 || FirstColumn < 0
            || ((pass.Rows - 1) * pass.Step.Row) + FirstRow + RowSpan > input.Height
            || ((pass.Columns - 1) * pass.Step.Column) + FirstColumn + ColumnSpan > input.Width);
        Parts = unit > 1 && Taps.Length == 1 ? ChannelBlocks.Parts(channels) : 1;
        (Rows, Columns) = (pass.Rows, pass.Columns);

        // Windows of one pixel without steps: the plane is one long row.
        if (!IsEmpty && !IsPadded && Taps.Length == 1 && pass.Step == (1, 1) && pass.Output == (0, 0, 1, 1) && input == output && Columns == input.Width && Rows == input.Height)
        {
            (Rows, Columns) = (1, Rows * Columns);
        }

        WeightPlanes = IsEmpty ? planes : Math.Clamp(WeightLimit / (Taps.Length * pass.Run * 2 * ChannelBlocks.Size), 1, planes);
        ChoosePlanes();
    }

    public ConvolutionPass Pass { get; }

    public ConvolutionTap[] Taps { get; }

    /// <summary>First row and column that the window at row 0, column 0 reads.</summary>
    public int FirstRow { get; }

    public int FirstColumn { get; }

    /// <summary>Rows and columns from the first to the last that a window reads.</summary>
    public int RowSpan { get; }

    public int ColumnSpan { get; }

    /// <summary>Input planes: blocks of channels, or channels of a planar image.</summary>
    public int Planes { get; }

    /// <summary>Parts of a tap's run; where there are two, the last one of all is left out.</summary>
    public int Parts { get; }

    /// <summary>Numbers of a pixel in a plane: 16 or 1.</summary>
    public int Unit { get; }

    public (int Height, int Width) Input { get; }

    public (int Height, int Width) Output { get; }

    public int OutputBlocks { get; }

    /// <summary>Pairs of output blocks; the last may be a single one.</summary>
    public int Pairs => (OutputBlocks + 1) / 2;

    /// <summary>Whether windows are without taps, so that the outputs are zero.</summary>
    public bool IsEmpty { get; }

    /// <summary>Whether some windows reach beyond the input, so that tasks work on a padded copy.</summary>
    public bool IsPadded { get; }

    /// <summary>The grid, as one row where the plane is contiguous.</summary>
    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Input planes whose weights for a pair of blocks fit the first-level cache.</summary>
    public int WeightPlanes { get; }

    /// <summary>Input planes whose bands fit the second-level cache.</summary>
    public int BandPlanes { get; private set; }

    /// <summary>Rows and columns of the grid that a task does.</summary>
    public (int Rows, int Columns) Band { get; private set; }

    /// <summary>Floats a pair's weights take.</summary>
    public int PairWeights => IsEmpty ? 0 : Planes * Taps.Length * Pass.Run * 2 * ChannelBlocks.Size;

    /// <summary>Floats all weights take.</summary>
    public int Weights => IsEmpty ? 0 : Planes * Taps.Length * Pass.Run * ChannelBlocks.Size * OutputBlocks;

    /// <summary>Input rows a band of so many grid rows reads.</summary>
    public int InputRows(int rows) => ((rows - 1) * Pass.Step.Row) + RowSpan;

    /// <summary>Floats of an input row that so many grid columns read.</summary>
    public int InputRow(int columns) => (((columns - 1) * Pass.Step.Column) + ColumnSpan) * Unit;

    /// <summary>How the output pairs of a band are shared among tasks, so that there are enough of them for the threads.</summary>
    public int Groups(int batch, int threads)
    {
        double products = IsEmpty ? 0 : (double)Band.Rows * Band.Columns * PairWeights * Pairs;
        int bands = Math.Max(1, Bands * batch);
        int wanted = Math.Max(threads == 1 ? 1 : ((6 * threads) + bands - 1) / bands, 1);
        return Math.Clamp(Math.Min(wanted, (int)(products / FewestProducts)), 1, Pairs);
    }

    /// <summary>Whether one window of a plane fits the memory that a task takes on its stack.</summary>
    public static bool Fits(long rowSpan, long columnSpan, int unit) => rowSpan * columnSpan * unit <= ScratchLimit;

    /// <summary>Bands of one sample.</summary>
    public int Bands => BandRows * BandColumns;

    public int BandRows => (Rows + Band.Rows - 1) / Band.Rows;

    public int BandColumns => (Columns + Band.Columns - 1) / Band.Columns;

    private void ChoosePlanes()
    {
        if (IsEmpty)
        {
            (BandPlanes, Band) = (Planes, (Rows, Columns));
            return;
        }

        if (Rows == 1)
        {
            ChoosePixels();
            return;
        }

        int columns = Columns;

        // A band of the fewest rows of one plane must fit the stack however wide the image is; BlockedConvolution.Fits sees to it that one window does.
        int least = Math.Min(Rows, 4);
        while (least > 1 && InputRows(least) * InputRow(Math.Min(columns, 56)) > ScratchLimit)
        {
            least--;
        }

        while (columns > 1 && (long)InputRows(least) * InputRow(columns) > ScratchLimit)
        {
            columns = (columns + 1) / 2;
        }

        BandPlanes = Math.Clamp(ScratchLimit / (InputRows(least) * InputRow(columns)), 1, Planes);
        int rows = Math.Max(1, ScratchLimit / (BandPlanes * InputRow(columns)));
        rows = Math.Clamp(1 + ((rows - RowSpan) / Pass.Step.Row), 1, Rows);

        // Every band reads all weights: where they are many, bands are as high as they can be, and tasks share out the output channels instead.
        double work = (double)columns * PairWeights * Pairs;
        rows = (double)PairWeights * Pairs > ManyWeights ? Math.Clamp(rows, least, Rows) : Math.Clamp(Math.Min(rows, (int)(TaskProducts / work)), least, Rows);

        // Equal bands, so that the last one is no splinter.
        int bands = (Rows + rows - 1) / rows;
        Band = ((Rows + bands - 1) / bands, columns);
    }

    /// <summary>Cuts a long row of pixels into equal parts.</summary>
    private void ChoosePixels()
    {
        double products = (double)PairWeights * Pairs;
        int limit = Math.Max(FewestPixels, (IsPadded ? ScratchLimit : RowLimit) / (Planes * Unit * Pass.Step.Column));
        while (IsPadded && limit > 1 && InputRow(limit) > ScratchLimit)
        {
            limit = (limit + 1) / 2;
        }

        // Every band reads all weights: where they are many, tasks share out the output channels instead.
        double task = Math.Clamp(products * Columns / WantedBands, FewestProducts, TaskProducts);
        double wanted = products > ManyWeights ? 1 : products * Columns / task;
        int least = (Columns + limit - 1) / limit, most = Columns / FewestPixels;
        int bands = Math.Max(least, (int)Math.Min(wanted, most));
        int equal = (bands + WantedBands - 1) / WantedBands * WantedBands;
        bands = Math.Max(1, bands > 1 && equal <= most ? equal : bands);
        Band = (1, (Columns + bands - 1) / bands);
        BandPlanes = IsPadded ? Math.Clamp(ScratchLimit / InputRow(Band.Columns), 1, Planes) : Planes;
    }
}
