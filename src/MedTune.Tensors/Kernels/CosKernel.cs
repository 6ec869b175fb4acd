using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The cosine of an angle in radians, worked out in double and rounded; NaN for infinity.</summary>
public readonly struct CosKernel : IUnaryKernel
{
    /// <inheritdoc/>
    public static bool IsVectorized => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> => T.Create(FloatMath.Cos(x.First));
}
