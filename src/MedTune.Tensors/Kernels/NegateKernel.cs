using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>-x.</summary>
public readonly struct NegateKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> => -x;
}
