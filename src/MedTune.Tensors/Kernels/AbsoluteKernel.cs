using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>|x|.</summary>
public readonly struct AbsoluteKernel : IUnaryKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke<T>(T x)
        where T : struct, ILanes<T> => T.Absolute(x);
}
