using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>x where x is at least 0, 0 below; NaN stays NaN, -0 stays -0.</summary>
public readonly struct ReluKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> => T.Select(T.LessThan(x, T.Create(0)), T.Create(0), x);
}
