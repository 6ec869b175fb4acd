using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The natural logarithm of 1 + x, within 2 units in the last place near zero too; minus infinity at -1, NaN below it.</summary>
public readonly struct Log1pKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        T one = T.Create(1);
        T u = x + one;

        // What rounding u lost, exactly (Knuth's two-sum), brought back to first order.
        T part = u - x;
        T lost = (x - (u - part)) + (one - part);
        T result = LogKernel.OfPositive(u) + (lost / u);
        result = T.Select(T.LessThan(x, T.Create(float.PositiveInfinity)), result, x);
        result = T.Select(T.Equal(x, T.Create(-1)), T.Create(float.NegativeInfinity), result);
        result = T.Select(T.LessThan(x, T.Create(-1)), T.Create(float.NaN), result);
        return T.Select(T.LessThan(T.Absolute(x), T.Create(1e-10f)), x, result);
    }
}
