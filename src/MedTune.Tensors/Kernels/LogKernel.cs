using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The natural logarithm, within 1 unit in the last place; minus infinity at zero, NaN below it.</summary>
public readonly struct LogKernel : IUnaryKernel
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        T result = OfPositive(x);
        result = T.Select(T.LessThan(x, T.Create(float.PositiveInfinity)), result, x);
        result = T.Select(T.Equal(x, T.Create(0)), T.Create(float.NegativeInfinity), result);
        return T.Select(T.LessThan(x, T.Create(0)), T.Create(float.NaN), result);
    }

    /// <summary>The logarithm of a positive finite number, subnormals included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T OfPositive<T>(T x)
        where T : struct, ILanes<T>
    {
        // Subnormals are scaled by 2^23 first; 23 is taken back with the exponent.
        T isSmall = T.LessThan(x, T.Create(SmallestNormal));
        T scaled = T.Select(isSmall, x * T.Create(8388608f), x);

        // x = m * 2^e with m from sqrt(1/2) to sqrt(2); 0x3F3504F3 are the bits of sqrt(1/2).
        T exponent = T.ShiftRight(T.SubtractBits(scaled, T.CreateBits(0x3F3504F3)), 23);
        T f = T.SubtractBits(scaled, T.ShiftLeft(exponent, 23)) - T.Create(1);
        T e = ToFloat(exponent) - T.And(isSmall, T.Create(23));

        // (log(1 + f) - f + f^2 / 2) / f^3 interpolated at nine Chebyshev nodes: relative error of the whole 3e-9.
        T sum = T.MultiplyAdd(T.Create(0.0697161183f), f, T.Create(-0.114797339f));
        sum = T.MultiplyAdd(sum, f, T.Create(0.116854198f));
        sum = T.MultiplyAdd(sum, f, T.Create(-0.124256872f));
        sum = T.MultiplyAdd(sum, f, T.Create(0.142490581f));
        sum = T.MultiplyAdd(sum, f, T.Create(-0.166678026f));
        sum = T.MultiplyAdd(sum, f, T.Create(0.200007156f));
        sum = T.MultiplyAdd(sum, f, T.Create(-0.24999997f));
        sum = T.MultiplyAdd(sum, f, T.Create(0.333333313f));
        T square = f * f;
        T low = T.MultiplyAdd(T.Create(-0.5f), square, f * square * sum);
        low = T.MultiplyAdd(e, T.Create(1.42860677e-06f), low);
        return T.MultiplyAdd(e, T.Create(0.693145752f), f + low);
    }

    /// <summary>A small integer in the lanes' bits as a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ToFloat<T>(T bits)
        where T : struct, ILanes<T> => T.AddBits(bits, T.Create(12582912f)) - T.Create(12582912f);
}
