using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The sum of x * y.</summary>
internal readonly struct DotReduction : IReduction
{
    public static float Identity => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Accumulate<T>(T running, T x, T y)
        where T : struct, ILanes<T> => T.MultiplyAdd(x, y, running);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine<T>(T x, T y)
        where T : struct, ILanes<T> => x + y;
}
