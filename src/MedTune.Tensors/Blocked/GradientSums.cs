using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>
/// For every channel the sums of g and of g · n, n = (x - mean) · inverse, shard by shard: in float over up to 64 pixels, from there in double, the shards over one
/// fixed tree (<see cref="NumericsProfile.Shards"/>).
/// </summary>
internal unsafe struct GradientSums
{
    private const int Size = ChannelBlocks.Size;
    private const int RunPixels = 64;

    /// <summary>[shard][block][2][16].</summary>
    public double* Sums;

    public int Blocks;
    public int Shards;

    /// <summary>Means and inverse deviations, and the bounds behind the normalization.</summary>
    public HeldTable Table;

    /// <summary>Doubles that the sums take.</summary>
    public static int Length(int shards, int blocks) => checked(Math.Max(1, shards) * blocks * 2 * Size);

    /// <summary>Begins a shard of a block.</summary>
    public readonly void Clear(int task) => new Span<double>(Sums + ((nint)task * 2 * Size), 2 * Size).Clear();

    /// <summary>Adds consecutive pixels.</summary>
    /// <param name="task">shard · blocks + block.</param>
    /// <param name="g">The gradient that arrives.</param>
    /// <param name="x">What was normalized.</param>
    /// <param name="pixels">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Add<TLanes>(int task, float* g, float* x, int pixels)
        where TLanes : struct, ILanes<TLanes>
    {
        int channel = task % Blocks * Size;
        double* sums = Sums + ((nint)task * 2 * Size);
        float* parts = stackalloc float[2 * Size];
        for (; pixels > 0; pixels -= RunPixels, g += RunPixels * Size, x += RunPixels * Size)
        {
            for (int lane = 0; lane < Size; lane += TLanes.Count)
            {
                TLanes mean = Table.Load<TLanes>(NormalizationTable.Mean, channel + lane), inverse = Table.Load<TLanes>(NormalizationTable.Inverse, channel + lane);
                Run(g + lane, x + lane, mean, inverse, Table.Gate<TLanes>(channel + lane), Math.Min(RunPixels, pixels), parts + lane);
            }

            for (int i = 0; i < 2 * Size; i++)
            {
                sums[i] += parts[i];
            }
        }
    }

    /// <summary>Writes gradients by shift and scale of every channel, and what they add to the table.</summary>
    /// <param name="scale">The channels' scales.</param>
    /// <param name="count">Values of a channel; 0 where mean and variance are not the batch's own, so that x does not move them.</param>
    /// <param name="dScale">One per channel.</param>
    /// <param name="dShift">Likewise.</param>
    public readonly void Finish(ReadOnlySpan<float> scale, double count, Span<float> dScale, Span<float> dShift)
    {
        var table = new Span<float>(Table.Table, NormalizationTable.Rows * Table.Channels);
        for (int channel = 0; channel < scale.Length; channel++)
        {
            var (shifts, scales) = Total(channel);
            dShift[channel] = (float)shifts;
            dScale[channel] = (float)scales;
            NormalizationTable.End(table, scale, channel, (shifts, scales), count);
        }
    }

    /// <summary>The two sums of a channel over the shards: neighbors first, then pairs, then fours.</summary>
    public readonly (double First, double Second) Total(int channel)
    {
        Span<double> parts = stackalloc double[2 * NumericsProfile.Shards];
        parts.Clear();
        for (int shard = 0; shard < Shards; shard++)
        {
            double* place = Sums + (((nint)(shard * Blocks) + (channel / Size)) * 2 * Size) + (channel % Size);
            (parts[2 * shard], parts[(2 * shard) + 1]) = (*place, place[Size]);
        }

        for (int step = 1; step < Shards; step *= 2)
        {
            for (int left = 0; left + step < Shards; left += 2 * step)
            {
                parts[2 * left] += parts[2 * (left + step)];
                parts[(2 * left) + 1] += parts[(2 * (left + step)) + 1];
            }
        }

        return (parts[0], parts[1]);
    }

    /// <summary>Sums over up to <see cref="RunPixels"/> pixels in two chains, of even and of odd pixels.</summary>
    private static void Run<TLanes>(float* g, float* x, TLanes mean, TLanes inverse, in LaneNormalization<TLanes> bounds, int pixels, float* parts)
        where TLanes : struct, ILanes<TLanes>
    {
        // A copy, so that it stays in registers.
        var gate = bounds;
        TLanes sum = TLanes.Create(0), products = sum, oddSum = sum, oddProducts = sum;
        for (; pixels > 1; pixels -= 2, x += 2 * Size, g += 2 * Size)
        {
            TLanes even = TLanes.Load(ref *x), odd = TLanes.Load(ref x[Size]);
            TLanes evenGradient = gate.Pass(TLanes.Load(ref *g), even), oddGradient = gate.Pass(TLanes.Load(ref g[Size]), odd);
            sum += evenGradient;
            oddSum += oddGradient;
            products = TLanes.MultiplyAdd(evenGradient, (even - mean) * inverse, products);
            oddProducts = TLanes.MultiplyAdd(oddGradient, (odd - mean) * inverse, oddProducts);
        }

        if (pixels > 0)
        {
            TLanes last = TLanes.Load(ref *x);
            TLanes gradient = gate.Pass(TLanes.Load(ref *g), last);
            sum += gradient;
            products = TLanes.MultiplyAdd(gradient, (last - mean) * inverse, products);
        }

        (sum + oddSum).Store(ref *parts);
        (products + oddProducts).Store(ref parts[Size]);
    }
}
