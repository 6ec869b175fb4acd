using System.Numerics;
using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Cuts a product into cache blocks and tasks and runs the tiles over them.</summary>
/// <remarks>
/// The only rounding order is the one <see cref="NumericsProfile.DepthBlock"/> fixes. Tiles, blocks, tasks, packing and threads decide where
/// numbers lie and who computes them, never how they are added.
/// </remarks>
internal static unsafe class ProductDriver<T, TTiles>
    where T : unmanaged, IAdditionOperators<T, T, T>
    where TTiles : struct, IMatrixTiles<T>
{
    private const int Depth = NumericsProfile.DepthBlock;

    // Microseconds of a task; a product shorter than two of the smallest is not worth waking a thread for.
    private const double SmallestTask = 20;
    private const double LargestTask = 90;

    // Numbers of b that come from far memory in a microsecond: what a product of few rows waits for.
    private const double NumbersRead = 11_000;

    // Tiles of b whose columns (192 at 512 bits) over the depth of a block stay in the second-level cache.
    private const int TilesTogether = 6;

    // With so many rows a b whose columns of a task do not stay in the cache over the whole depth is worth a copy: it is read again and again from further away.
    private const int ManyRows = 1024;
    private const long CachedColumns = 1 << 20;

    private static readonly Action<ProductJob<T>, int> ComputeTask = static (job, index) => Compute(in job, index);
    private static readonly Action<ProductJob<T>, int> PackATask = static (job, index) => PackA(in job, index);
    private static readonly Action<ProductJob<T>, int> PackBTask = static (job, index) => PackB(in job, index);

    /// <summary>Numbers that a packed b of k x n takes.</summary>
    public static long PackedLength(int n, int k) => (long)new ColumnTiles(n, TTiles.Width).PaddedColumns * k;

    /// <summary>Computes the product; a.Packed is filled in here, b.Packed too unless it is given.</summary>
    public static void Multiply(ProductJob<T> job, MatrixWorkspace workspace, TaskPool pool)
    {
        var tiles = new ColumnTiles(job.N, TTiles.Width);
        double time = Math.Max((double)job.M * job.N * job.K / TTiles.Rate, (double)job.N * job.K / NumbersRead);
        Divide(ref job, in tiles, time, pool.Threads);

        // Copies cost more than reading in place (4 to 8 % at n = 960), unless an operand lies the wrong way round or in one cache set.
        bool reuse = job.M >= 2 * TTiles.Height;
        bool isFar = job.M >= ManyRows && TilesTogether * 2L * TTiles.Width * job.K * sizeof(T) > CachedColumns;
        bool packB = job.PackedB == null && (job.BColumn != 1 || tiles.IsPartial || isFar || (reuse && HitsOneCacheSet(job.BDepth, job.K)));
        bool packA = tiles.Count > 2 && job.ADepth != 1 && HitsOneCacheSet(job.ADepth, job.K);
        if (packB)
        {
            job.PackedB = workspace.Take<T>(MatrixWorkspace.Operand.B, PackedLength(job.N, job.K));
            RunPacking(job, PackBTask, DepthBlocks(job.K) * tiles.Count, (long)job.K * job.N, pool);
        }

        if (packA)
        {
            int panels = (job.M + TTiles.Height - 1) / TTiles.Height;
            job.PackedA = workspace.Take<T>(MatrixWorkspace.Operand.A, (long)panels * TTiles.Height * job.K);
            RunPacking(job, PackATask, DepthBlocks(job.K) * panels, (long)job.M * job.K, pool);
        }

        int tasks = job.RowTasks * job.TileTasks;
        if (tasks == 1)
        {
            Compute(in job, 0);
        }
        else
        {
            pool.Run(tasks, job, ComputeTask);
        }
    }

    /// <summary>Packs a b that many products will use.</summary>
    public static void PackB(ProductJob<T> job, TaskPool pool)
    {
        var tiles = new ColumnTiles(job.N, TTiles.Width);
        RunPacking(job, PackBTask, DepthBlocks(job.K) * tiles.Count, (long)job.K * job.N, pool);
    }

    private static int DepthBlocks(int k) => (k + Depth - 1) / Depth;

    /// <summary>Rows 4 KiB apart share one set of the first-level cache, which holds 8 to 12 of them.</summary>
    private static bool HitsOneCacheSet(nint step, int depth) => depth > 16 && (step * sizeof(T)) % 4096 == 0;

    private static void Divide(ref ProductJob<T> job, in ColumnTiles tiles, double time, int threads)
    {
        double target = Math.Clamp(time / (6 * threads), SmallestTask, LargestTask);
        if (time < 2 * SmallestTask)
        {
            job.TaskRows = job.M;
            job.TaskTiles = tiles.Count;
            job.RowTasks = job.TileTasks = 1;
            return;
        }

        double outputs = target / time * job.M * job.N;
        int tileColumns = 2 * TTiles.Width;
        int taskTiles = Math.Min(tiles.Count, TilesTogether);
        int height = TTiles.Height;
        long rows = (long)(outputs / (taskTiles * tileColumns) / height) * height;
        job.TaskRows = (int)Math.Clamp(rows, height, Math.Max(job.M, height));
        if (job.TaskRows >= job.M)
        {
            job.TaskRows = job.M;
            taskTiles = (int)Math.Clamp(outputs / ((double)job.M * tileColumns), 1, tiles.Count);
        }

        job.TaskTiles = taskTiles;
        job.RowTasks = (job.M + job.TaskRows - 1) / job.TaskRows;
        job.TileTasks = (tiles.Count + taskTiles - 1) / taskTiles;
    }

    private static void RunPacking(ProductJob<T> job, Action<ProductJob<T>, int> pack, int units, long elements, TaskPool pool)
    {
        // About a nanosecond an element: below 20 microseconds in all, the caller does it.
        if (elements < 20_000 || pool.Threads == 1)
        {
            for (int unit = 0; unit < units; unit++)
            {
                pack(job, unit);
            }
        }
        else
        {
            pool.Run(units, job, pack);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackB(in ProductJob<T> job, int unit)
    {
        var tiles = new ColumnTiles(job.N, TTiles.Width);
        int tile = unit % tiles.Count;
        int p = unit / tiles.Count * Depth;
        int depth = Math.Min(Depth, job.K - p);
        int start = tiles.Start(tile);
        Packing.Pack(
            job.B + (p * job.BDepth) + (start * job.BColumn),
            job.BColumn,
            job.BDepth,
            tiles.Columns(tile),
            depth,
            job.PackedB + ((nint)p * tiles.PaddedColumns) + ((nint)start * depth),
            tiles.Registers(tile) * TTiles.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackA(in ProductJob<T> job, int unit)
    {
        int panels = (job.M + TTiles.Height - 1) / TTiles.Height;
        int row = unit % panels * TTiles.Height;
        int p = unit / panels * Depth;
        int depth = Math.Min(Depth, job.K - p);
        Packing.Pack(
            job.A + (row * job.ARow) + (p * job.ADepth),
            job.ARow,
            job.ADepth,
            Math.Min(TTiles.Height, job.M - row),
            depth,
            job.PackedA + ((nint)p * panels * TTiles.Height) + ((nint)row * depth),
            TTiles.Height);
    }

    /// <summary>One block of c: consecutive tasks share columns, so that their part of b stays in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute(in ProductJob<T> job, int task)
    {
        var tiles = new ColumnTiles(job.N, TTiles.Width);
        int firstRow = task % job.RowTasks * job.TaskRows;
        int lastRow = Math.Min(job.M, firstRow + job.TaskRows);
        int firstTile = task / job.RowTasks * job.TaskTiles;
        int lastTile = Math.Min(tiles.Count, firstTile + job.TaskTiles);
        for (int p = 0; p < job.K; p += Depth)
        {
            int depth = Math.Min(Depth, job.K - p);
            for (int tile = firstTile; tile < lastTile; tile++)
            {
                ComputeTile(in job, in tiles, tile, p, depth, firstRow, lastRow);
            }
        }

        if (job.Bias != null || job.Addend != null || job.Activation != ProductActivation.None)
        {
            int column = tiles.Start(firstTile);
            int end = tiles.Start(lastTile - 1) + tiles.Columns(lastTile - 1);
            Finish(in job, firstRow, lastRow, column, end);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeTile(in ProductJob<T> job, in ColumnTiles tiles, int tile, int p, int depth, int firstRow, int lastRow)
    {
        int column = tiles.Start(tile);
        int registers = tiles.Registers(tile);
        nint second = tiles.Second(tile);
        T* b = job.PackedB != null
            ? job.PackedB + ((nint)p * tiles.PaddedColumns) + ((nint)column * depth)
            : job.B + (p * job.BDepth) + column;
        nint bDepth = job.PackedB != null ? registers * TTiles.Width : job.BDepth;
        bool accumulate = job.Accumulate || p > 0;
        nint aRow = job.PackedA != null ? 1 : job.ARow;
        nint aDepth = job.PackedA != null ? TTiles.Height : job.ADepth;
        for (int row = firstRow; row < lastRow;)
        {
            int rows = TTiles.HeightFor(lastRow - row);
            T* a = job.PackedA != null ? PackedRow(in job, row, p, depth) : job.A + (row * job.ARow) + (p * job.ADepth);
            T* c = job.C + (row * job.CRow) + column;
            if (tiles.IsPartial)
            {
                ComputePart(rows, job.N, depth, a, aRow, aDepth, b, c, job.CRow, accumulate);
            }
            else
            {
                TTiles.Run(rows, registers, depth, a, aRow, aDepth, b, bDepth, second, c, job.CRow, accumulate);
            }

            row += rows;
        }
    }

    private static T* PackedRow(in ProductJob<T> job, int row, int p, int depth)
    {
        int height = TTiles.Height;
        int inPanel = row % height;
        int paddedRows = (job.M + height - 1) / height * height;
        return job.PackedA + ((nint)p * paddedRows) + ((nint)(row - inPanel) * depth) + inPanel;
    }

    /// <summary>A tile of which only the first columns exist in c.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputePart(int rows, int columns, int depth, T* a, nint aRow, nint aDepth, T* b, T* c, nint cRow, bool accumulate)
    {
        T* part = stackalloc T[16 * 16];
        TTiles.Run(rows, 1, depth, a, aRow, aDepth, b, TTiles.Width, 0, part, TTiles.Width, false);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                c[column] = accumulate ? c[column] + part[column] : part[column];
            }

            part += TTiles.Width;
            c += cRow;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(in ProductJob<T> job, int firstRow, int lastRow, int firstColumn, int lastColumn)
    {
        int columns = lastColumn - firstColumn;
        for (int row = firstRow; row < lastRow; row++)
        {
            nint place = (row * job.CRow) + firstColumn;
            if (typeof(T) == typeof(float))
            {
                var bias = job.Bias == null ? [] : new ReadOnlySpan<float>((float*)job.Bias + firstColumn, columns);
                var addend = job.Addend == null ? [] : new ReadOnlySpan<float>((float*)job.Addend + place, columns);
                FinishRow(new Span<float>((float*)job.C + place, columns), bias, job.Activation, addend);
                continue;
            }

            for (int column = 0; column < columns; column++)
            {
                job.C[place + column] += job.Bias[firstColumn + column];
            }
        }
    }

    private static void FinishRow(Span<float> row, ReadOnlySpan<float> bias, ProductActivation activation, ReadOnlySpan<float> addend)
    {
        if (!bias.IsEmpty)
        {
            ElementWise.Map<AddKernel>(row, bias, row);
        }

        switch (activation)
        {
            case ProductActivation.Relu:
                ElementWise.Map<ReluKernel>(row, row);
                break;
            case ProductActivation.Gelu:
                ElementWise.Map<GeluKernel>(row, row);
                break;
            case ProductActivation.GeluTanh:
                ElementWise.Map<GeluTanhKernel>(row, row);
                break;
        }

        if (!addend.IsEmpty)
        {
            ElementWise.Map<AddKernel>(row, addend, row);
        }
    }
}
