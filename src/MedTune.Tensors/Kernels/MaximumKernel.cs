using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The larger of x and y; NaN when either is NaN.</summary>
public readonly struct MaximumKernel : IBinaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x, T y)
        where T : struct, ILanes<T> => T.Maximum(x, y);
}
