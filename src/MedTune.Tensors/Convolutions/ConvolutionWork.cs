using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>One run of one pass: the memory it works on. A task is a band of a sample's grid for a group of output blocks.</summary>
internal unsafe struct ConvolutionWork
{
    /// <summary>Pixels of a plane from which on single-pixel windows read far memory: as many streams as there are planes, which processors follow for a page only.</summary>
    private const int ManyPixels = 28 * 28;

    /// <summary>How many tiles before it is read far memory is asked for.</summary>
    private const int TilesAhead = 2;

    public PassLayout Layout;
    public float* X;
    public float* W;
    public float* Y;

    /// <summary>Blocks from one sample's output to the next's.</summary>
    public int SampleBlocks;

    /// <summary>What is done to a sum before it is stored for good.</summary>
    public ConvolutionFinish Finish;

    /// <summary>What the input becomes as it is read; only where windows are single pixels.</summary>
    public HeldNormalization Reading;

    /// <summary>The moments of what is stored.</summary>
    public MomentParts Moments;

    /// <summary>How many tasks share the output pairs of a band.</summary>
    public int Groups;

    /// <summary>Tasks of a batch.</summary>
    public readonly int Tasks(int batch) => batch * Layout.Bands * Groups;

    /// <summary>Runs a task with the tiles of one instruction set.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TTiles>(int task)
        where TTiles : struct, IConvolutionTiles
    {
        (int rest, int group) = Math.DivRem(task, Groups);
        (int sample, int band) = Math.DivRem(rest, Layout.Bands);
        (int bandRow, int bandColumn) = Math.DivRem(band, Layout.BandColumns);
        var grid = new GridPart(
            bandRow * Layout.Band.Rows,
            bandColumn * Layout.Band.Columns,
            Math.Min(Layout.Band.Rows, Layout.Rows - (bandRow * Layout.Band.Rows)),
            Math.Min(Layout.Band.Columns, Layout.Columns - (bandColumn * Layout.Band.Columns)));
        var pairs = (First: Layout.Pairs * group / Groups, End: Layout.Pairs * (group + 1) / Groups);
        float* y = Y + ((nint)sample * SampleBlocks * OutputPlane);
        if (Layout.IsEmpty)
        {
            Clear(y, grid, pairs);
            for (int block = 2 * pairs.First; block < Math.Min(2 * pairs.End, Layout.OutputBlocks); block++)
            {
                FinishBlock(sample, block, band, grid);
            }

            return;
        }

        float* x = X + ((nint)sample * Layout.Planes * InputPlane);
        var pass = Layout.Pass;
        (int row, int column) = ((grid.Row * pass.Step.Row) + Layout.FirstRow, (grid.Column * pass.Step.Column) + Layout.FirstColumn);
        if (!Layout.IsPadded && !Reading.IsNeeded)
        {
            float* first = x + (((nint)row * Layout.Input.Width) + column) * Layout.Unit;
            Sum<TTiles>(first, InputPlane, Layout.Input.Width * Layout.Unit, y, sample, band, grid, pairs, 0, Layout.Planes);
            return;
        }

        (int rows, int rowSize) = (Layout.InputRows(grid.Rows), Layout.InputRow(grid.Columns));
        float* memory = stackalloc float[(Layout.BandPlanes * rows * rowSize) + ChannelBlocks.Size];
        float* scratch = (float*)(((nuint)memory + 63) & ~(nuint)63);
        for (int plane = 0; plane < Layout.Planes; plane += Layout.BandPlanes)
        {
            int planes = Math.Min(Layout.BandPlanes, Layout.Planes - plane);
            for (int p = 0; p < planes; p++)
            {
                float* copy = scratch + ((nint)p * rows * rowSize);
                if (Reading.IsNeeded)
                {
                    Reading.Copy(x + ((plane + p) * InputPlane) + (((nint)row * Layout.Input.Width) + column) * Layout.Unit, plane + p, rowSize / Layout.Unit, copy);
                }
                else
                {
                    PaddedRows.Copy(x + ((plane + p) * InputPlane), Layout.Input, Layout.Unit, row, column, rows, rowSize / Layout.Unit, copy);
                }
            }

            Sum<TTiles>(scratch, (nint)rows * rowSize, rowSize, y, sample, band, grid, pairs, plane, planes);
        }
    }

    private readonly nint InputPlane => (nint)Layout.Input.Height * Layout.Input.Width * Layout.Unit;

    private readonly nint OutputPlane => (nint)Layout.Output.Height * Layout.Output.Width * ChannelBlocks.Size;

    /// <summary>Adds the taps of some planes to the grid part's outputs; the last planes finish them.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum<TTiles>(float* x, nint xPlane, int xRow, float* y, int sample, int band, GridPart grid, (int First, int End) pairs, int firstPlane, int planes)
        where TTiles : struct, IConvolutionTiles
    {
        var pass = Layout.Pass;
        int taps = Layout.Taps.Length, parts = taps * Layout.Parts;
        int count = Math.Min(planes, Layout.WeightPlanes) * parts;
        nint* offsets = stackalloc nint[count];
        for (int i = 0; i < count; i++)
        {
            (int plane, int part) = Math.DivRem(i, parts);
            (int tap, part) = Math.DivRem(part, Layout.Parts);
            offsets[i] = (plane * xPlane) + ((nint)(Layout.Taps[tap].Row - Layout.FirstRow) * xRow) + ((Layout.Taps[tap].Column - Layout.FirstColumn) * Layout.Unit)
                + (part * (pass.Run / Layout.Parts));
        }

        bool isFar = !Layout.IsPadded && !Reading.IsNeeded && Layout.Rows == 1 && Layout.Columns >= ManyPixels;
        for (int pair = pairs.First; pair < pairs.End; pair++)
        {
            int blocks = Math.Min(2, Layout.OutputBlocks - (2 * pair));
            float* w = W + ((nint)pair * Layout.PairWeights);
            for (int plane = 0; plane < planes; plane += Layout.WeightPlanes)
            {
                int chunk = Math.Min(Layout.WeightPlanes, planes - plane);
                int before = (firstPlane + plane) * taps * pass.Run * blocks * ChannelBlocks.Size;
                // With few rows of a grid every weight is read once, from far memory.
                nint size = (nint)chunk * taps * pass.Run * blocks * ChannelBlocks.Size;
                nint left = (nint)(W + Layout.Weights - (w + before + size));
                var ahead = new MemoryAhead(w + before + size, Math.Min(size, left), grid.Rows * ((grid.Columns + TTiles.Pixels - 1) / TTiles.Pixels) * ((blocks + TTiles.Blocks - 1) / TTiles.Blocks));
                bool isLast = firstPlane + plane + chunk == Layout.Planes;
                int some = (chunk * parts) - (isLast ? Layout.Parts - 1 : 0);
                SumPlanes<TTiles>(x + (plane * xPlane), xRow, offsets, some, w + before, y, grid, pair, isFar && pair == pairs.First, firstPlane + plane > 0, ahead);
            }

            if (firstPlane + planes == Layout.Planes)
            {
                for (int block = 2 * pair; block < (2 * pair) + blocks; block++)
                {
                    FinishBlock(sample, block, band, grid);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SumPlanes<TTiles>(float* x, int xRow, nint* offsets, int taps, float* w, float* y, GridPart grid, int pair, bool isFar, bool accumulate, MemoryAhead ahead)
        where TTiles : struct, IConvolutionTiles
    {
        var pass = Layout.Pass;
        int blocks = Math.Min(2, Layout.OutputBlocks - (2 * pair));
        nint wStep = blocks * ChannelBlocks.Size;
        nint xStep = pass.Step.Column * Layout.Unit;
        nint yStep = pass.Output.ColumnStep * ChannelBlocks.Size;
        int tiles = (grid.Columns + TTiles.Pixels - 1) / TTiles.Pixels;
        int run = pass.Run / Layout.Parts;
        for (int block = 0; block < blocks; block += TTiles.Blocks)
        {
            int together = Math.Min(TTiles.Blocks, blocks - block);
            for (int row = 0; row < grid.Rows; row++)
            {
                float* input = x + ((nint)row * pass.Step.Row * xRow);
                float* output = y + (((2 * pair) + block) * OutputPlane) + OutputPixel(grid.Row + row, grid.Column);
                int left = grid.Columns;
                for (int tile = tiles; tile > 0; tile--)
                {
                    int pixels = (left + tile - 1) / tile;
                    float* next = ahead.Next((nint)taps * run, out nint nextStep);
                    for (int tap = 0; tap < taps && isFar && block == 0; tap += Layout.Parts)
                    {
                        MemoryAhead.Fetch(input + offsets[tap] + (TilesAhead * pixels * xStep), pixels * xStep);
                    }

                    TTiles.Forward(pixels, together, input, xStep, offsets, taps, run, w + (block * ChannelBlocks.Size), wStep, next, nextStep, output, yStep, OutputPlane, accumulate);
                    input += pixels * xStep;
                    output += pixels * yStep;
                    left -= pixels;
                }
            }
        }
    }

    private readonly nint OutputPixel(int row, int column)
    {
        var output = Layout.Pass.Output;
        return ((((nint)row * output.RowStep) + output.Row) * Layout.Output.Width * ChannelBlocks.Size) + (((column * output.ColumnStep) + output.Column) * ChannelBlocks.Size);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FinishBlock(int sample, int block, int band, GridPart grid)
    {
        nint plane = (((nint)sample * SampleBlocks) + block) * OutputPlane;
        for (int row = 0; row < grid.Rows && (Finish.IsNeeded || Moments.IsNeeded); row++)
        {
            nint start = plane + OutputPixel(grid.Row + row, grid.Column);
            if (Finish.IsNeeded)
            {
                Finish.Apply(Y, start, block, grid.Columns, Layout.Pass.Output.ColumnStep * ChannelBlocks.Size);
            }

            if (Moments.IsNeeded)
            {
                Moments.Add(((nint)sample * Layout.OutputBlocks) + block, band, row == 0, Y + start, grid.Columns);
            }
        }
    }

    private readonly void Clear(float* y, GridPart grid, (int First, int End) pairs)
    {
        int step = Layout.Pass.Output.ColumnStep * ChannelBlocks.Size;
        for (int block = 2 * pairs.First; block < Math.Min(2 * pairs.End, Layout.OutputBlocks); block++)
        {
            for (int row = 0; row < grid.Rows; row++)
            {
                float* pixel = y + (block * OutputPlane) + OutputPixel(grid.Row + row, grid.Column);
                for (int column = 0; column < grid.Columns; column++, pixel += step)
                {
                    new Span<float>(pixel, ChannelBlocks.Size).Clear();
                }
            }
        }
    }

    /// <summary>A rectangle of the grid.</summary>
    private readonly record struct GridPart(int Row, int Column, int Rows, int Columns);
}
