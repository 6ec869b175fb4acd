using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>log(1 + exp(x)), within 3 units in the last place.</summary>
public readonly struct SoftplusKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        T rest = Log1pKernel.Invoke(ExpKernel.Invoke(-T.Absolute(x)));
        T positive = T.Select(T.LessThan(x, T.Create(0)), T.Create(0), x);
        return positive + rest;
    }
}
