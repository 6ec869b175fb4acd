using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MedTune.Tensors;

namespace MedTune.Benchmarks;

/// <summary>As many fused multiply-adds as the machine can do: registers only, no memory.</summary>
internal static class PeakLoop
{
    private const int Steps = 2048;
    private const int Sums = 12;

    private static float _sink;

    /// <summary>Floating-point operations of one task.</summary>
    public static double Operations => 2.0 * Steps * Sums * Lanes;

    private static int Lanes => InstructionSets.Active == InstructionSet.Scalar ? 1 : (int)InstructionSets.Active / 32;

    public static void Task(int seed) => Volatile.Write(ref _sink, InstructionSets.Active switch
    {
        InstructionSet.Vector512 => Wide512(seed),
        InstructionSet.Vector256 => Wide256(seed),
        InstructionSet.Vector128 => Wide128(seed),
        _ => Single(seed),
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide512(int seed)
    {
        Vector512<float> x = Vector512.Create(0.5f + seed), y = Vector512.Create(0.25f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int step = 0; step < Steps; step++)
        {
            a = Vector512.FusedMultiplyAdd(x, y, a);
            b = Vector512.FusedMultiplyAdd(x, y, b);
            c = Vector512.FusedMultiplyAdd(x, y, c);
            d = Vector512.FusedMultiplyAdd(x, y, d);
            e = Vector512.FusedMultiplyAdd(x, y, e);
            f = Vector512.FusedMultiplyAdd(x, y, f);
            g = Vector512.FusedMultiplyAdd(x, y, g);
            h = Vector512.FusedMultiplyAdd(x, y, h);
            i = Vector512.FusedMultiplyAdd(x, y, i);
            j = Vector512.FusedMultiplyAdd(x, y, j);
            k = Vector512.FusedMultiplyAdd(x, y, k);
            l = Vector512.FusedMultiplyAdd(x, y, l);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide256(int seed)
    {
        Vector256<float> x = Vector256.Create(0.5f + seed), y = Vector256.Create(0.25f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int step = 0; step < Steps; step++)
        {
            a = Vector256.FusedMultiplyAdd(x, y, a);
            b = Vector256.FusedMultiplyAdd(x, y, b);
            c = Vector256.FusedMultiplyAdd(x, y, c);
            d = Vector256.FusedMultiplyAdd(x, y, d);
            e = Vector256.FusedMultiplyAdd(x, y, e);
            f = Vector256.FusedMultiplyAdd(x, y, f);
            g = Vector256.FusedMultiplyAdd(x, y, g);
            h = Vector256.FusedMultiplyAdd(x, y, h);
            i = Vector256.FusedMultiplyAdd(x, y, i);
            j = Vector256.FusedMultiplyAdd(x, y, j);
            k = Vector256.FusedMultiplyAdd(x, y, k);
            l = Vector256.FusedMultiplyAdd(x, y, l);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide128(int seed)
    {
        Vector128<float> x = Vector128.Create(0.5f + seed), y = Vector128.Create(0.25f);
        Vector128<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int step = 0; step < Steps; step++)
        {
            a = Vector128.FusedMultiplyAdd(x, y, a);
            b = Vector128.FusedMultiplyAdd(x, y, b);
            c = Vector128.FusedMultiplyAdd(x, y, c);
            d = Vector128.FusedMultiplyAdd(x, y, d);
            e = Vector128.FusedMultiplyAdd(x, y, e);
            f = Vector128.FusedMultiplyAdd(x, y, f);
            g = Vector128.FusedMultiplyAdd(x, y, g);
            h = Vector128.FusedMultiplyAdd(x, y, h);
            i = Vector128.FusedMultiplyAdd(x, y, i);
            j = Vector128.FusedMultiplyAdd(x, y, j);
            k = Vector128.FusedMultiplyAdd(x, y, k);
            l = Vector128.FusedMultiplyAdd(x, y, l);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Single(int seed)
    {
        float x = 0.5f + seed, a = x, b = x, c = x, d = x, e = x, f = x;
        for (int step = 0; step < 2 * Steps; step++)
        {
            a = MathF.FusedMultiplyAdd(x, 0.25f, a);
            b = MathF.FusedMultiplyAdd(x, 0.25f, b);
            c = MathF.FusedMultiplyAdd(x, 0.25f, c);
            d = MathF.FusedMultiplyAdd(x, 0.25f, d);
            e = MathF.FusedMultiplyAdd(x, 0.25f, e);
            f = MathF.FusedMultiplyAdd(x, 0.25f, f);
        }

        return a + b + c + d + e + f;
    }
}
