using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>x where x is at least 0, x * y below (y is the slope); NaN stays NaN.</summary>
public readonly struct LeakyReluKernel : IBinaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x, T y)
        where T : struct, ILanes<T> => T.Select(T.LessThan(x, T.Create(0)), x * y, x);
}
