using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The smallest whole number not below x.</summary>
public readonly struct CeilingKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> => T.Ceiling(x);
}
