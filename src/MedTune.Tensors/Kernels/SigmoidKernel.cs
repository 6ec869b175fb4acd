using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>1 / (1 + exp(-x)), the logistic function, within 3 units in the last place.</summary>
public readonly struct SigmoidKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        // Only the exponential of a negative number is taken: it cannot overflow, and tiny probabilities keep their digits.
        T e = ExpKernel.Invoke(-T.Absolute(x));
        T numerator = T.Select(T.LessThan(x, T.Create(0)), e, T.Create(1));
        return numerator / (e + T.Create(1));
    }
}
