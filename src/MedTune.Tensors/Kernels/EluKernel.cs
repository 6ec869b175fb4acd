using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>x where x is at least 0, y * (exp(x) - 1) below (y is alpha); NaN stays NaN.</summary>
public readonly struct EluKernel : IBinaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x, T y)
        where T : struct, ILanes<T> => T.Select(T.LessThan(x, T.Create(0)), y * ExpLessOneKernel.Invoke(x), x);
}
