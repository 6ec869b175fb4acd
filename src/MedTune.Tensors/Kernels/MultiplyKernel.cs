using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>x * y.</summary>
public readonly struct MultiplyKernel : IBinaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x, T y)
        where T : struct, ILanes<T> => x * y;
}
