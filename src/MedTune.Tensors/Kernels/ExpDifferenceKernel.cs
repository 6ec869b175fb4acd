using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>e to the power x - y.</summary>
public readonly struct ExpDifferenceKernel : IBinaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x, T y)
        where T : struct, ILanes<T> => ExpKernel.Invoke(x - y);
}
