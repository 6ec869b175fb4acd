using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>e to the power x, less 1, within 2 units in the last place near zero too; infinity above 88.72, -1 far below zero.</summary>
public readonly struct ExpLessOneKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        T clamped = T.Select(T.LessThan(x, T.Create(-20)), T.Create(-20), x);
        clamped = T.Select(T.LessThan(T.Create(88.9f), clamped), T.Create(88.9f), clamped);
        T part = ExpKernel.Reduce(clamped, out T count);

        // Half of the result, so that 2^count stays in range up to the largest float; 2^(count-1) - 1/2 is exact or far above 1/2.
        T scale = ExpKernel.PowerOfTwo(T.SubtractBits(count, T.CreateBits(1)));
        T half = T.MultiplyAdd(part, scale, scale - T.Create(0.5f));
        T result = half + half;
        return T.Select(T.Equal(count, T.Create(0)), part, result);
    }
}
