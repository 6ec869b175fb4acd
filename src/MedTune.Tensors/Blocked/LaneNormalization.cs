using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>A <see cref="ChannelNormalization"/> for some channels of one block, in registers.</summary>
internal struct LaneNormalization<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    public TLanes Scale;
    public TLanes Shift;
    public TLanes Minimum;
    public TLanes Maximum;

    /// <summary>Whether there is none, so that every gradient passes.</summary>
    public bool IsOpen;

    /// <summary>clamp(x · scale + shift).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TLanes Apply(TLanes x)
    {
        TLanes value = TLanes.MultiplyAdd(x, Scale, Shift);
        value = TLanes.Select(TLanes.LessThan(value, Minimum), Minimum, value);
        return TLanes.Select(TLanes.LessThan(Maximum, value), Maximum, value);
    }

    /// <summary>The gradient g, or zero where x led beyond the bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TLanes Pass(TLanes g, TLanes x)
    {
        if (IsOpen)
        {
            return g;
        }

        TLanes value = TLanes.MultiplyAdd(x, Scale, Shift);
        return TLanes.And(TLanes.And(TLanes.LessThan(Minimum, value), TLanes.LessThan(value, Maximum)), g);
    }
}
