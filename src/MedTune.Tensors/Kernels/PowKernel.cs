using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>x to the power y, worked out in double and rounded; special cases as in <see cref="DoubleMath.Pow"/>.</summary>
public readonly struct PowKernel : IBinaryKernel
{
    /// <inheritdoc/>
    public static bool IsVectorized => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x, T y)
        where T : struct, ILanes<T> => T.Create(FloatMath.Pow(x.First, y.First));
}
