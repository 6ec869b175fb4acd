using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>A <see cref="NormalizationTable"/> whose memory is held in place, as tasks see it, with the bounds behind the normalization.</summary>
internal unsafe struct HeldTable
{
    private const int Size = ChannelBlocks.Size;

    public float* Table;

    /// <summary>Floats of a row.</summary>
    public int Channels;
    public float Minimum;
    public float Maximum;

    /// <summary>A row's numbers of some channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TLanes Load<TLanes>(int row, int channel)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(ref Table[(row * Channels) + channel]);

    /// <summary>The gate of some channels, open where there are no bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly LaneNormalization<TLanes> Gate<TLanes>(int channel)
        where TLanes : struct, ILanes<TLanes> => Minimum == float.NegativeInfinity && Maximum == float.PositiveInfinity ? new() { IsOpen = true } : new()
        {
            Scale = Load<TLanes>(NormalizationTable.ForwardScale, channel),
            Shift = Load<TLanes>(NormalizationTable.ForwardShift, channel),
            Minimum = TLanes.Create(Minimum),
            Maximum = TLanes.Create(Maximum),
        };

    /// <summary>The gradient by x of consecutive pixels of one block.</summary>
    /// <param name="g">The gradient that arrives.</param>
    /// <param name="x">What was normalized.</param>
    /// <param name="block">The block of channels.</param>
    /// <param name="pixels">How many.</param>
    /// <param name="dx">Where it goes; may be g.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Input<TLanes>(float* g, float* x, int block, int pixels, float* dx)
        where TLanes : struct, ILanes<TLanes>
    {
        nint end = (nint)pixels * Size;
        for (int lane = 0; lane < Size; lane += TLanes.Count)
        {
            int channel = (block * Size) + lane;
            TLanes factor = Load<TLanes>(NormalizationTable.Factor, channel);
            TLanes slope = Load<TLanes>(NormalizationTable.Slope, channel), constant = Load<TLanes>(NormalizationTable.Constant, channel);
            var gate = Gate<TLanes>(channel);
            for (nint i = lane; i < end; i += Size)
            {
                TLanes value = TLanes.Load(ref x[i]);
                TLanes rest = TLanes.MultiplyAdd(value, slope, constant);
                TLanes.MultiplyAdd(gate.Pass(TLanes.Load(ref g[i]), value), factor, rest).Store(ref dx[i]);
            }
        }
    }
}
