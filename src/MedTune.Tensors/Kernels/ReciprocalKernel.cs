using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>1 / x.</summary>
public readonly struct ReciprocalKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> => T.Create(1) / x;
}
