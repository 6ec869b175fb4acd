using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The square root; NaN below zero.</summary>
public readonly struct SquareRootKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> => T.SquareRoot(x);
}
