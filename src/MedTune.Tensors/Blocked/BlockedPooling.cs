using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MedTune.Tensors;

/// <summary>Pooling of blocked images: largest or mean of every window, and the ways back. Padding is never the largest; a mean divides by what <see cref="PoolWindows.CountsPadding"/> says.</summary>
/// <remarks>Not thread-safe: one run at a time. A run allocates nothing. Results depend neither on the threads nor on the instruction set.</remarks>
public static unsafe class BlockedPooling
{
    private const int Size = ChannelBlocks.Size;

    private enum Kind
    {
        Maximum,
        MaximumGradient,
        Mean,
        MeanGradient,
        GlobalMean,
        GlobalMeanGradient,
    }

    /// <summary>The largest of every window; NaN where one is NaN.</summary>
    public static void Maximum(PoolWindows windows, ReadOnlySpan<float> x, Span<float> y, TaskPool pool) => Run(Kind.Maximum, windows, windows.Image, x, default, y, pool);

    /// <summary>The gradient by x: that of every output goes to the first largest element of its window, row by row.</summary>
    public static void MaximumGradient(PoolWindows windows, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx, TaskPool pool) =>
        Run(Kind.MaximumGradient, windows, windows.Image, x, dy, dx, pool);

    /// <summary>The mean of every window.</summary>
    public static void Mean(PoolWindows windows, ReadOnlySpan<float> x, Span<float> y, TaskPool pool) => Run(Kind.Mean, windows, windows.Image, x, default, y, pool);

    /// <summary>The gradient by x of the mean.</summary>
    public static void MeanGradient(PoolWindows windows, ReadOnlySpan<float> dy, Span<float> dx, TaskPool pool) => Run(Kind.MeanGradient, windows, windows.Image, default, dy, dx, pool);

    /// <summary>The mean of every plane: [N, C] in plain order.</summary>
    public static void GlobalMean(BlockedImage image, ReadOnlySpan<float> x, Span<float> means, TaskPool pool) =>
        Run(Kind.GlobalMean, null, image, x, default, means, pool);

    /// <summary>The gradient by x of the mean of every plane.</summary>
    public static void GlobalMeanGradient(BlockedImage image, ReadOnlySpan<float> dMeans, Span<float> dx, TaskPool pool) =>
        Run(Kind.GlobalMeanGradient, null, image, default, dMeans, dx, pool);

    private static void Run(Kind kind, PoolWindows? windows, BlockedImage image, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> result, TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        fixed (float* input = x, gradient = dy, output = result)
        {
            var job = new Job { Kind = kind, Windows = windows!, Image = image, X = input, Dy = gradient, Result = output };
            LaneTasks.Run(pool, image.Batch * image.Blocks, job);
        }
    }

    /// <summary>One run; a task is one block of one sample.</summary>
    private struct Job : ILaneTask
    {
        public Kind Kind;

        /// <summary>Null for the mean of whole planes.</summary>
        public PoolWindows Windows;
        public BlockedImage Image;
        public float* X;
        public float* Dy;
        public float* Result;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes>(int task)
            where TLanes : struct, ILanes<TLanes>
        {
            nint plane = (nint)task * Image.PlaneLength;
            nint outputs = Windows is null ? 0 : (nint)task * Windows.Height * Windows.Width * Size;
            switch (Kind)
            {
                case Kind.Maximum:
                    Each<TLanes>(X + plane, null, Result + outputs, null);
                    break;
                case Kind.MaximumGradient:
                    new Span<float>(Result + plane, Image.PlaneLength).Clear();
                    Each<TLanes>(X + plane, Dy + outputs, null, Result + plane);
                    break;
                case Kind.Mean:
                    EachMean<TLanes>(X + plane, Result + outputs);
                    break;
                case Kind.MeanGradient:
                    new Span<float>(Result + plane, Image.PlaneLength).Clear();
                    EachMeanGradient<TLanes>(Dy + outputs, Result + plane);
                    break;
                case Kind.GlobalMean:
                    GlobalMean(task, X + plane);
                    break;
                default:
                    Spread(task, Result + plane);
                    break;
            }
        }

        /// <summary>The largest of every window goes to y, or its gradient to its first place in dx.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Each<TLanes>(float* x, float* dy, float* y, float* dx)
            where TLanes : struct, ILanes<TLanes>
        {
            int width = Image.Width;
            for (int row = 0; row < Windows.Height; row++)
            {
                var rows = Windows.Rows(row);
                for (int column = 0; column < Windows.Width; column++)
                {
                    var columns = Windows.Columns(column);
                    int place = ((row * Windows.Width) + column) * Size;
                    for (int lane = 0; lane < Size; lane += TLanes.Count)
                    {
                        TLanes largest = TLanes.Create(float.NegativeInfinity);
                        for (int r = rows.First; r < rows.End; r += rows.Step)
                        {
                            for (int c = columns.First; c < columns.End; c += columns.Step)
                            {
                                largest = TLanes.Maximum(largest, TLanes.Load(ref x[(((r * width) + c) * Size) + lane]));
                            }
                        }

                        if (dx == null)
                        {
                            largest.Store(ref y[place + lane]);
                            continue;
                        }

                        // What is left to give is set to zero where it has been given.
                        TLanes left = TLanes.Load(ref dy[place + lane]);
                        for (int r = rows.First; r < rows.End; r += rows.Step)
                        {
                            for (int c = columns.First; c < columns.End; c += columns.Step)
                            {
                                int at = (((r * width) + c) * Size) + lane;
                                TLanes isHere = TLanes.Equal(TLanes.Load(ref x[at]), largest);
                                (TLanes.Load(ref dx[at]) + TLanes.And(isHere, left)).Store(ref dx[at]);
                                left = TLanes.Select(isHere, TLanes.Create(0), left);
                            }
                        }
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void EachMean<TLanes>(float* x, float* y)
            where TLanes : struct, ILanes<TLanes>
        {
            int width = Image.Width;
            for (int row = 0; row < Windows.Height; row++)
            {
                var rows = Windows.Rows(row);
                for (int column = 0; column < Windows.Width; column++)
                {
                    var columns = Windows.Columns(column);
                    TLanes divisor = TLanes.Create(Windows.Divisor(row, column));
                    for (int lane = 0; lane < Size; lane += TLanes.Count)
                    {
                        TLanes sum = TLanes.Create(0);
                        for (int r = rows.First; r < rows.End; r += rows.Step)
                        {
                            for (int c = columns.First; c < columns.End; c += columns.Step)
                            {
                                sum += TLanes.Load(ref x[(((r * width) + c) * Size) + lane]);
                            }
                        }

                        (sum / divisor).Store(ref y[(((row * Windows.Width) + column) * Size) + lane]);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void EachMeanGradient<TLanes>(float* dy, float* dx)
            where TLanes : struct, ILanes<TLanes>
        {
            int width = Image.Width;
            for (int row = 0; row < Windows.Height; row++)
            {
                var rows = Windows.Rows(row);
                for (int column = 0; column < Windows.Width; column++)
                {
                    var columns = Windows.Columns(column);
                    TLanes divisor = TLanes.Create(Windows.Divisor(row, column));
                    for (int lane = 0; lane < Size; lane += TLanes.Count)
                    {
                        TLanes share = TLanes.Load(ref dy[(((row * Windows.Width) + column) * Size) + lane]) / divisor;
                        for (int r = rows.First; r < rows.End; r += rows.Step)
                        {
                            for (int c = columns.First; c < columns.End; c += columns.Step)
                            {
                                int at = (((r * width) + c) * Size) + lane;
                                (TLanes.Load(ref dx[at]) + share).Store(ref dx[at]);
                            }
                        }
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void GlobalMean(int task, float* x)
        {
            var image = Image;
            (int sample, int block) = Math.DivRem(task, image.Blocks);
            double* sums = stackalloc double[Size];

            // A chain of its own for every channel: how many run side by side makes no difference.
            var (sum0, sum1, sum2, sum3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
            for (int pixel = 0; pixel < image.Area; pixel++, x += Size)
            {
                var (lower, upper) = (Vector256.Load(x), Vector256.Load(x + 8));
                sum0 += Vector256.WidenLower(lower);
                sum1 += Vector256.WidenUpper(lower);
                sum2 += Vector256.WidenLower(upper);
                sum3 += Vector256.WidenUpper(upper);
            }

            sum0.Store(sums);
            sum1.Store(sums + 4);
            sum2.Store(sums + 8);
            sum3.Store(sums + 12);
            int used = Math.Min(Size, image.Channels - (block * Size));
            for (int channel = 0; channel < used; channel++)
            {
                Result[(sample * image.Channels) + (block * Size) + channel] = (float)(sums[channel] / image.Area);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Spread(int task, float* dx)
        {
            var image = Image;
            (int sample, int block) = Math.DivRem(task, image.Blocks);
            float* share = stackalloc float[Size];
            for (int channel = 0; channel < Size; channel++)
            {
                int of = (block * Size) + channel;
                share[channel] = of < image.Channels ? Dy[(sample * image.Channels) + of] / image.Area : 0;
            }

            var pixel = new ReadOnlySpan<float>(share, Size);
            for (int i = 0; i < image.Area; i++)
            {
                pixel.CopyTo(new Span<float>(dx + (i * Size), Size));
            }
        }
    }
}
