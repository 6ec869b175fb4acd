using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The smallest x.</summary>
internal readonly struct MinimumReduction : IReduction
{
    public static float Identity => float.PositiveInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Accumulate<T>(T running, T x, T y)
        where T : struct, ILanes<T> => T.Minimum(running, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine<T>(T x, T y)
        where T : struct, ILanes<T> => T.Minimum(x, y);
}
