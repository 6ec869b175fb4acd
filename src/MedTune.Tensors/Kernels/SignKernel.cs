using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>-1, 0 or 1 by the sign of x; NaN stays NaN, zeros keep their sign.</summary>
public readonly struct SignKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        T positive = T.Select(T.LessThan(T.Create(0), x), T.Create(1), x);
        return T.Select(T.LessThan(x, T.Create(0)), T.Create(-1), positive);
    }
}
