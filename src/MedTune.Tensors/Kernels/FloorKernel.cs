using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The largest whole number not above x.</summary>
public readonly struct FloorKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> => T.Floor(x);
}
