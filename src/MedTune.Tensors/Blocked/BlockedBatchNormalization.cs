using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>
/// Batch normalization of blocked images in two sweeps; <see cref="NormalizationBackward"/> is the way back. Sums over pixels run in float over up to 64 pixels, from there in
/// double; samples are summed shard by shard and the shards over one fixed tree (<see cref="NumericsProfile.Shards"/>).
/// </summary>
/// <remarks>Not thread-safe: one run at a time. A run allocates nothing. Results depend neither on the threads nor on the instruction set.</remarks>
public sealed unsafe class BlockedBatchNormalization
{
    private const int RunPixels = 64;
    private const int Size = ChannelBlocks.Size;

    private readonly BlockedImage _image;
    private readonly int[] _shards;
    private readonly double[] _sums;

    /// <summary>Prepares for fixed sizes.</summary>
    public BlockedBatchNormalization(BlockedImage image)
    {
        _image = image;
        _shards = SampleShardRange.Filled(image.Batch);
        _sums = new double[GradientSums.Length(Shards, image.Blocks)];
    }

    private int Shards => _shards.Length - 1;

    private double Count => (double)_image.Batch * _image.Area;

    /// <summary>Mean and variance (over samples and pixels, divided by their number) of every channel.</summary>
    /// <param name="x">Blocked images.</param>
    /// <param name="mean">One per channel, filled up to whole blocks.</param>
    /// <param name="variance">Likewise.</param>
    /// <param name="pool">The threads.</param>
    public void Moments(ReadOnlySpan<float> x, Span<float> mean, Span<float> variance, TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Require(x.Length, _image.Length);
        Require(mean.Length, _image.Blocks * Size);
        Require(variance.Length, mean.Length);
        fixed (float* input = x)
        fixed (double* sums = _sums)
        {
            var job = new SumJob { Of = this, X = input, Sums = sums };
            LaneTasks.Run(pool, Shards * _image.Blocks, job);
            var totals = new GradientSums { Sums = sums, Blocks = _image.Blocks, Shards = Shards };
            for (int channel = 0; channel < mean.Length; channel++)
            {
                // The sums are of differences from the channel's first pixel, so that large means cost no digits.
                var (first, squares) = totals.Total(channel);
                double shift = _image.Length == 0 ? 0 : x[First(channel)];
                double center = Count == 0 ? 0 : first / Count;
                mean[channel] = (float)(shift + center);
                variance[channel] = Count == 0 ? 0 : (float)Math.Max(0, (squares / Count) - (center * center));
            }
        }
    }

    /// <summary>The sum over samples and pixels of every channel.</summary>
    /// <param name="x">Blocked images.</param>
    /// <param name="sums">One per channel, up to whole blocks.</param>
    /// <param name="pool">The threads.</param>
    public void Sums(ReadOnlySpan<float> x, Span<float> sums, TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Require(x.Length, _image.Length);
        fixed (float* input = x)
        fixed (double* parts = _sums)
        {
            LaneTasks.Run(pool, Shards * _image.Blocks, new SumJob { Of = this, X = input, Sums = parts });
            var totals = new GradientSums { Sums = parts, Blocks = _image.Blocks, Shards = Shards };
            for (int channel = 0; channel < sums.Length; channel++)
            {
                double shift = _image.Length == 0 ? 0 : x[First(channel)];
                sums[channel] = (float)(totals.Total(channel).First + (shift * Count));
            }
        }
    }

    /// <summary>y = clamp(x · scale + shift + addend, minimum, maximum), scale and shift per channel.</summary>
    /// <param name="x">Blocked images.</param>
    /// <param name="scale">One per channel, filled up to whole blocks.</param>
    /// <param name="shift">Likewise.</param>
    /// <param name="addend">Empty, or a tensor like x.</param>
    /// <param name="y">Output; may be x or the addend itself.</param>
    /// <param name="minimum">Lower bound; 0 for a ReLU.</param>
    /// <param name="maximum">Upper bound.</param>
    /// <param name="pool">The threads.</param>
    public void Scale(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ReadOnlySpan<float> addend, Span<float> y, float minimum, float maximum, TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Require(x.Length, _image.Length);
        Require(y.Length, _image.Length);
        Require(scale.Length, _image.Blocks * Size);
        Require(shift.Length, scale.Length);
        fixed (float* input = x, factor = scale, constant = shift, added = addend, output = y)
        {
            var job = new ScaleJob { Image = _image, X = input, Scale = factor, Shift = constant, Addend = added, Y = output, Minimum = minimum, Maximum = maximum };
            LaneTasks.Run(pool, _image.Batch * _image.Blocks, job);
        }
    }

    private static void Require(int given, int expected)
    {
        if (given != expected)
        {
            throw new ArgumentException($"{given} values were given; {expected} fit the images' sizes.");
        }
    }

    private int First(int channel) => (channel / Size * _image.PlaneLength) + (channel % Size);

    /// <summary>Two sums per channel of one block and shard: of x - x0 and its square.</summary>
    private struct SumJob : ILaneTask
    {
        public BlockedBatchNormalization Of;
        public float* X;
        public double* Sums;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes>(int task)
            where TLanes : struct, ILanes<TLanes>
        {
            var image = Of._image;
            (int shard, int block) = Math.DivRem(task, image.Blocks);
            double* sums = Sums + ((nint)task * 2 * Size);
            new Span<double>(sums, 2 * Size).Clear();
            float* parts = stackalloc float[2 * Size];
            for (int sample = Of._shards[shard]; sample < Of._shards[shard + 1]; sample++)
            {
                nint plane = (((nint)sample * image.Blocks) + block) * image.PlaneLength;
                for (int pixel = 0; pixel < image.Area; pixel += RunPixels)
                {
                    int pixels = Math.Min(RunPixels, image.Area - pixel);
                    for (int lane = 0; lane < Size; lane += TLanes.Count)
                    {
                        nint start = plane + (pixel * Size) + lane;
                        Deviations<TLanes>(X + start, TLanes.Load(ref X[(block * image.PlaneLength) + lane]), pixels, parts + lane);
                    }

                    for (int i = 0; i < 2 * Size; i++)
                    {
                        sums[i] += parts[i];
                    }
                }
            }
        }

        private static void Deviations<TLanes>(float* x, TLanes origin, int pixels, float* parts)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes sum = TLanes.Create(0), squares = TLanes.Create(0);
            for (int pixel = 0; pixel < pixels; pixel++, x += Size)
            {
                TLanes deviation = TLanes.Load(ref *x) - origin;
                sum += deviation;
                squares = TLanes.MultiplyAdd(deviation, deviation, squares);
            }

            sum.Store(ref *parts);
            squares.Store(ref parts[Size]);
        }
    }

    private struct ScaleJob : ILaneTask
    {
        public BlockedImage Image;
        public float* X;
        public float* Scale;
        public float* Shift;
        public float* Addend;
        public float* Y;
        public float Minimum;
        public float Maximum;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes>(int task)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes minimum = TLanes.Create(Minimum), maximum = TLanes.Create(Maximum);
            for (int lane = 0; lane < Size; lane += TLanes.Count)
            {
                int channel = (task % Image.Blocks * Size) + lane;
                TLanes scale = TLanes.Load(ref Scale[channel]), shift = TLanes.Load(ref Shift[channel]);
                nint place = ((nint)task * Image.PlaneLength) + lane;
                for (int pixel = 0; pixel < Image.Area; pixel++, place += Size)
                {
                    TLanes value = TLanes.MultiplyAdd(TLanes.Load(ref X[place]), scale, shift);
                    value = Addend != null ? value + TLanes.Load(ref Addend[place]) : value;
                    value = TLanes.Select(TLanes.LessThan(value, minimum), minimum, value);
                    TLanes.Select(TLanes.LessThan(maximum, value), maximum, value).Store(ref Y[place]);
                }
            }
        }
    }
}
