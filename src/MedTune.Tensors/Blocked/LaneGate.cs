using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>A <see cref="NormalizationGate"/> for some channels of one block, in registers.</summary>
internal struct LaneGate<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    public TLanes Scale;
    public TLanes Shift;
    public TLanes Minimum;
    public TLanes Maximum;
    public bool IsOpen;

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
