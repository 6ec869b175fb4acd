using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>What is done to the sums of a convolution while they are still in the cache: y = clamp(y + bias + addend, minimum, maximum).</summary>
internal unsafe struct ConvolutionFinish
{
    /// <summary>Sums as they are.</summary>
    public static readonly ConvolutionFinish None = new() { Minimum = float.NegativeInfinity, Maximum = float.PositiveInfinity };

    /// <summary>One number per output channel, padded to whole blocks with zeros; null for none.</summary>
    public float* Bias;

    /// <summary>A tensor like the output, such as a residual; null for none.</summary>
    public float* Addend;

    /// <summary>Lower bound, or negative infinity.</summary>
    public float Minimum;

    /// <summary>Upper bound, or infinity.</summary>
    public float Maximum;

    /// <summary>Whether there is anything to do.</summary>
    public readonly bool IsNeeded => Bias != null || Addend != null || Minimum > float.NegativeInfinity || Maximum < float.PositiveInfinity;

    /// <summary>Finishes a row of pixels of one block.</summary>
    /// <param name="y">The output.</param>
    /// <param name="start">Where the row starts in y and in the addend.</param>
    /// <param name="block">The block of channels.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="step">Floats from one pixel to the next.</param>
    public readonly void Apply(float* y, nint start, int block, int pixels, int step)
    {
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512:
                Apply<Lanes512>(y, start, block, pixels, step);
                break;
            case InstructionSet.Vector256:
                Apply<Lanes256>(y, start, block, pixels, step);
                break;
            case InstructionSet.Vector128:
                Apply<Lanes128>(y, start, block, pixels, step);
                break;
            default:
                Apply<ScalarLanes>(y, start, block, pixels, step);
                break;
        }
    }

    /// <summary>The same for some channels of a block, as registers.</summary>
    /// <param name="block">The block of channels.</param>
    /// <param name="lane">The first of the channels in the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly LaneFinish<TLanes> For<TLanes>(int block, int lane)
        where TLanes : struct, ILanes<TLanes> => new()
        {
            Bias = Bias != null ? TLanes.Load(ref Bias[(block * ChannelBlocks.Size) + lane]) : TLanes.Create(0),
            Minimum = TLanes.Create(Minimum),
            Maximum = TLanes.Create(Maximum),
            Addend = Addend,
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Apply<TLanes>(float* y, nint start, int block, int pixels, int step)
        where TLanes : struct, ILanes<TLanes>
    {
        float* addend = Addend;
        for (int lane = 0; lane < ChannelBlocks.Size; lane += TLanes.Count)
        {
            // Variables of their own, which stay in registers.
            var finish = For<TLanes>(block, lane);
            TLanes bias = finish.Bias, minimum = finish.Minimum, maximum = finish.Maximum;
            nint place = start + lane;
            for (int pixel = 0; pixel < pixels; pixel++, place += step)
            {
                TLanes value = TLanes.Load(ref y[place]) + bias;
                value = addend != null ? value + TLanes.Load(ref addend[place]) : value;
                TLanes.AtMost(TLanes.AtLeast(value, minimum), maximum).Store(ref y[place]);
            }
        }
    }
}
