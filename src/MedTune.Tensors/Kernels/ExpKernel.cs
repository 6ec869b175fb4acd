using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>e to the power x, within 1 unit in the last place; infinity above 88.72, 0 below -103.98.</summary>
public readonly struct ExpKernel : IUnaryKernel
{
    private const float RoundingMagic = 12582912f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        // Two factors, so that neither leaves the range where only the product does; comparisons let NaN through.
        T clamped = T.Select(T.LessThan(x, T.Create(-105)), T.Create(-105), x);
        clamped = T.Select(T.LessThan(T.Create(90), clamped), T.Create(90), clamped);
        T part = Reduce(clamped, out T count);
        T half = T.ShiftRight(count, 1);
        return (part + T.Create(1)) * PowerOfTwo(half) * PowerOfTwo(T.SubtractBits(count, half));
    }

    /// <summary>exp(r) - 1 where x = count * ln 2 + r, |r| at most 0.347, and count is an integer in the lanes' bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Reduce<T>(T x, out T count)
        where T : struct, ILanes<T>
    {
        // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
        T shifted = T.MultiplyAdd(x, T.Create(1.44269502f), T.Create(RoundingMagic));
        count = T.SubtractBits(shifted, T.Create(RoundingMagic));
        T whole = shifted - T.Create(RoundingMagic);
        T r = T.MultiplyAdd(whole, T.Create(-0.693145752f), x);
        r = T.MultiplyAdd(whole, T.Create(-1.42860677e-06f), r);

        // (exp(r) - 1 - r) / r^2 interpolated at six Chebyshev nodes: relative error of the whole 2e-9.
        T sum = T.MultiplyAdd(T.Create(0.0001989101f), r, T.Create(0.00139336672f));
        sum = T.MultiplyAdd(sum, r, T.Create(0.00833331048f));
        sum = T.MultiplyAdd(sum, r, T.Create(0.041666463f));
        sum = T.MultiplyAdd(sum, r, T.Create(0.166666672f));
        sum = T.MultiplyAdd(sum, r, T.Create(0.5f));
        return T.MultiplyAdd(r * r, sum, r);
    }

    /// <summary>2 to an integer in the lanes' bits, from -126 to 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T PowerOfTwo<T>(T exponent)
        where T : struct, ILanes<T> => T.ShiftLeft(T.AddBits(exponent, T.CreateBits(127)), 23);
}
