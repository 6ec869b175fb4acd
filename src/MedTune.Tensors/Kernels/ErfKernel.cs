using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The error function, within 2 units in the last place.</summary>
public readonly struct ErfKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T>
    {
        T size = T.Absolute(x);
        T result = T.Select(T.LessThan(size, T.Create(1)), NearZero(size), FarFromZero(size));
        return T.Or(result, T.And(x, T.CreateBits(int.MinValue)));
    }

    /// <summary>erf(x) / x in x^2 from 0 to 1, interpolated at eight Chebyshev nodes; its first coefficient is held in two floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T NearZero<T>(T x)
        where T : struct, ILanes<T>
    {
        T t = x * x;
        T sum = T.MultiplyAdd(T.Create(-9.66704465e-06f), t, T.Create(0.000112659589f));
        sum = T.MultiplyAdd(sum, t, T.Create(-0.000848408032f));
        sum = T.MultiplyAdd(sum, t, T.Create(0.00522103161f));
        sum = T.MultiplyAdd(sum, t, T.Create(-0.0268654302f));
        sum = T.MultiplyAdd(sum, t, T.Create(0.112837821f));
        sum = T.MultiplyAdd(sum, t, T.Create(-0.376126379f));
        sum = T.MultiplyAdd(sum, t, T.Create(-5.86693538e-08f));
        return T.MultiplyAdd(x, T.Create(1.12837923f), x * sum);
    }

    /// <summary>1 - exp(q(x)) where q is log(erfc(x)) from 1 to 4, interpolated at ten Chebyshev nodes; erf is 1 from 3.92 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FarFromZero<T>(T x)
        where T : struct, ILanes<T>
    {
        T u = T.Select(T.LessThan(T.Create(4), x), T.Create(4), x) - T.Create(2.5f);
        T sum = T.MultiplyAdd(T.Create(-7.58268186e-08f), u, T.Create(1.61558114e-06f));
        sum = T.MultiplyAdd(sum, u, T.Create(-1.2925696e-05f));
        sum = T.MultiplyAdd(sum, u, T.Create(7.73876018e-05f));
        sum = T.MultiplyAdd(sum, u, T.Create(-0.00042079165f));
        sum = T.MultiplyAdd(sum, u, T.Create(0.00216516992f));
        sum = T.MultiplyAdd(sum, u, T.Create(-0.0108581129f));
        sum = T.MultiplyAdd(sum, u, T.Create(-0.943893671f));
        sum = T.MultiplyAdd(sum, u, T.Create(-5.35268068f));
        sum = T.MultiplyAdd(sum, u, T.Create(-7.80681515f));
        T part = ExpKernel.Reduce(sum, out T count);
        return T.Create(1) - ((part + T.Create(1)) * ExpKernel.PowerOfTwo(count));
    }
}
