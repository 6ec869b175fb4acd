using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>x / 2 · (1 + erf(x / √2)): x times the normal distribution function (Hendrycks and Gimpel 2016).</summary>
public readonly struct GeluKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> =>
        T.Create(0.5f) * x * (T.Create(1) + ErfKernel.Invoke(T.Create(0.707106781f) * x));
}
