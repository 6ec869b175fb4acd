using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The nearest whole number, halves to the even one.</summary>
public readonly struct RoundKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> => T.Round(x);
}
