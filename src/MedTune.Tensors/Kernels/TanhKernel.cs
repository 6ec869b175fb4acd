using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The hyperbolic tangent, within 3 units in the last place.</summary>
public readonly struct TanhKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        // tanh |x| = t / (t + 2) with t = exp(2|x|) - 1; it is 1 from 9.02 on.
        T size = T.Absolute(x);
        size = T.Select(T.LessThan(T.Create(10), size), T.Create(10), size);
        T t = ExpLessOneKernel.Invoke(size + size);
        T result = t / (t + T.Create(2));
        return T.Or(result, T.And(x, T.CreateBits(int.MinValue)));
    }
}
