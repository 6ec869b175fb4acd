using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The largest x.</summary>
internal readonly struct MaximumReduction : IReduction
{
    public static float Identity => float.NegativeInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Accumulate<T>(T running, T x, T y)
        where T : struct, ILanes<T> => T.Maximum(running, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine<T>(T x, T y)
        where T : struct, ILanes<T> => T.Maximum(x, y);
}
