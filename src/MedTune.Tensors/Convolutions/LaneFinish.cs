using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>A <see cref="ConvolutionFinish"/> for some channels of one block, in registers.</summary>
internal unsafe struct LaneFinish<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    public TLanes Bias;
    public TLanes Minimum;
    public TLanes Maximum;
    public float* Addend;

    /// <summary>Finishes and stores sums.</summary>
    /// <param name="value">The sums.</param>
    /// <param name="y">The output.</param>
    /// <param name="place">Where they go in y; the addend's lie in the same place.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(TLanes value, float* y, nint place)
    {
        value += Bias;
        value = Addend != null ? value + TLanes.Load(ref Addend[place]) : value;
        TLanes.AtMost(TLanes.AtLeast(value, Minimum), Maximum).Store(ref y[place]);
    }
}
