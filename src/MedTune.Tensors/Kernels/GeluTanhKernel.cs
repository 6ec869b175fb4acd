using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 x³))), the usual approximation of Gelu (Hendrycks and Gimpel 2016).</summary>
public readonly struct GeluTanhKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        T inner = T.Create(0.797884561f) * (x + (T.Create(0.044715f) * (x * x * x)));
        return T.Create(0.5f) * x * (T.Create(1) + TanhKernel.Invoke(inner));
    }
}
