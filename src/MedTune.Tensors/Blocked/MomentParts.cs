using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>
/// Moments found while images are written: every task leaves, for each channel of its blocks, the first pixel of its band and the sums of the differences from it
/// and of their squares. Parts are cut by the sizes alone and added in one order, in double, so the bits depend on neither threads nor instruction set.
/// </summary>
internal unsafe struct MomentParts
{
    private const int Size = ChannelBlocks.Size;

    /// <summary>Pixels summed in float before the sums go on in double.</summary>
    private const int RunPixels = 64;

    /// <summary>Doubles of a part: origins, sums and squares of a block's channels, and the number of pixels.</summary>
    public const int PartLength = (3 * Size) + 1;

    /// <summary>[sample][block][band] parts; null where no moments are asked for.</summary>
    public double* Parts;

    /// <summary>Bands of a sample.</summary>
    public int Bands;

    public readonly bool IsNeeded => Parts != null;

    /// <summary>Adds consecutive pixels to a part.</summary>
    /// <param name="plane">sample · blocks + block.</param>
    /// <param name="band">The band of the sample.</param>
    /// <param name="isFirst">Whether these are the part's first, so that it begins with them.</param>
    /// <param name="x">The pixels.</param>
    /// <param name="pixels">How many.</param>
    public readonly void Add(nint plane, int band, bool isFirst, float* x, int pixels)
    {
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512:
                Add<Lanes512>(plane, band, isFirst, x, pixels);
                break;
            case InstructionSet.Vector256:
                Add<Lanes256>(plane, band, isFirst, x, pixels);
                break;
            case InstructionSet.Vector128:
                Add<Lanes128>(plane, band, isFirst, x, pixels);
                break;
            default:
                Add<ScalarLanes>(plane, band, isFirst, x, pixels);
                break;
        }
    }

    /// <summary>The same in lanes that are settled already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Add<TLanes>(nint plane, int band, bool isFirst, float* x, int pixels)
        where TLanes : struct, ILanes<TLanes>
    {
        double* part = Part(plane, band);
        if (isFirst)
        {
            Begin(part, x);
        }

        part[PartLength - 1] += pixels;
        float* origin = stackalloc float[Size];
        float* sums = stackalloc float[2 * Size];
        for (int channel = 0; channel < Size; channel++)
        {
            origin[channel] = (float)part[channel];
        }

        for (; pixels > 0; pixels -= RunPixels, x += RunPixels * Size)
        {
            for (int lane = 0; lane < Size; lane += TLanes.Count)
            {
                Run(x + lane, TLanes.Load(ref origin[lane]), Math.Min(RunPixels, pixels), sums + lane);
            }

            for (int i = 0; i < 2 * Size; i++)
            {
                part[Size + i] += sums[i];
            }
        }
    }

    private static void Begin(double* part, float* x)
    {
        for (int channel = 0; channel < Size; channel++)
        {
            part[channel] = x[channel];
        }

        new Span<double>(part + Size, PartLength - Size).Clear();
    }

    /// <summary>Sums over up to <see cref="RunPixels"/> pixels in two chains, of even and of odd pixels.</summary>
    private static void Run<TLanes>(float* x, TLanes origin, int pixels, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Create(0), squares = sum, oddSum = sum, oddSquares = sum;
        for (; pixels > 1; pixels -= 2, x += 2 * Size)
        {
            TLanes even = TLanes.Load(ref *x) - origin, odd = TLanes.Load(ref x[Size]) - origin;
            sum += even;
            oddSum += odd;
            squares = TLanes.MultiplyAdd(even, even, squares);
            oddSquares = TLanes.MultiplyAdd(odd, odd, oddSquares);
        }

        if (pixels > 0)
        {
            TLanes last = TLanes.Load(ref *x) - origin;
            sum += last;
            squares = TLanes.MultiplyAdd(last, last, squares);
        }

        (sum + oddSum).Store(ref *sums);
        (squares + oddSquares).Store(ref sums[Size]);
    }

    /// <summary>Mean and variance of all channels from the parts, where moments are asked for.</summary>
    /// <param name="blocks">Blocks of a sample.</param>
    /// <param name="samples">Samples, at least 1.</param>
    /// <param name="mean">Where the means go.</param>
    /// <param name="variance">Where the variances go, divided by the number of values.</param>
    /// <param name="pool">The threads.</param>
    public readonly void Collect(int blocks, int samples, float* mean, float* variance, TaskPool pool)
    {
        if (IsNeeded)
        {
            pool.Run(blocks, new CollectJob { Of = this, Blocks = blocks, Samples = samples, Mean = mean, Variance = variance }, static (job, block) =>
                job.Of.Collect(block, job.Blocks, job.Samples, job.Mean + (block * Size), job.Variance + (block * Size)));
        }
    }

    /// <summary>Mean and variance of a block's channels from the parts of all samples, each brought to the origin of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Collect(int block, int blocks, int samples, float* mean, float* variance)
    {
        double* origins = Part(block, 0);
        double* sums = stackalloc double[2 * Size];
        new Span<double>(sums, 2 * Size).Clear();
        double count = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            for (int band = 0; band < Bands; band++)
            {
                double* part = Part(((nint)sample * blocks) + block, band);
                double pixels = part[PartLength - 1];
                count += pixels;
                for (int channel = 0; channel < Size; channel++)
                {
                    double apart = part[channel] - origins[channel], sum = part[Size + channel];
                    sums[channel] += sum + (pixels * apart);
                    sums[Size + channel] += part[(2 * Size) + channel] + (apart * ((2 * sum) + (pixels * apart)));
                }
            }
        }

        for (int channel = 0; channel < Size; channel++)
        {
            double center = sums[channel] / count;
            mean[channel] = (float)(origins[channel] + center);
            variance[channel] = (float)Math.Max(0, (sums[Size + channel] / count) - (center * center));
        }
    }

    private readonly double* Part(nint plane, int band) => Parts + (((plane * Bands) + band) * PartLength);

    private struct CollectJob
    {
        public MomentParts Of;
        public int Blocks;
        public int Samples;
        public float* Mean;
        public float* Variance;
    }
}
