using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Tensors;

/// <summary>Sums and extremes in an order that never changes with the machine.</summary>
/// <remarks>
/// Element i goes to running sum i modulo 64 (<see cref="NumericsProfile.ReductionLanes"/>): 4 registers of 512 bits, or 8 of 256. At the end the upper
/// half is added to the lower half until one is left. The same bits at every vector width.
/// </remarks>
public static partial class Reductions
{
    private const int Lanes = NumericsProfile.ReductionLanes;

    /// <summary>The sum; 0 for no values. A NaN, or infinities of both signs, give NaN.</summary>
    public static float Sum(ReadOnlySpan<float> x) => Reduce<SumReduction>(x, x);

    /// <summary>The sum of squares, each added by a fused multiply-add; 0 for no values.</summary>
    public static float SumOfSquares(ReadOnlySpan<float> x) => Reduce<DotReduction>(x, x);

    /// <summary>The sum of products x[i] * y[i], each added by a fused multiply-add; 0 for no values.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        RequireEqualLengths(x.Length, y.Length);
        return Reduce<DotReduction>(x, y);
    }

    /// <summary>The largest value; minus infinity for no values, NaN when any is NaN.</summary>
    public static float Maximum(ReadOnlySpan<float> x) => Reduce<MaximumReduction>(x, x);

    /// <summary>The smallest value; infinity for no values, NaN when any is NaN.</summary>
    public static float Minimum(ReadOnlySpan<float> x) => Reduce<MinimumReduction>(x, x);

    private static float Reduce<TReduction>(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TReduction : struct, IReduction
    {
        if (InstructionSets.Active == InstructionSet.Vector512)
        {
            return Reduce<TReduction, Lanes512>(x, y);
        }

        if (InstructionSets.Active == InstructionSet.Vector256)
        {
            return Reduce<TReduction, Lanes256>(x, y);
        }

        return InstructionSets.Active == InstructionSet.Vector128
            ? Reduce<TReduction, Lanes128>(x, y)
            : Reduce<TReduction, ScalarLanes>(x, y);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Reduce<TReduction, TLanes>(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TReduction : struct, IReduction
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> lanes = stackalloc float[Lanes];
        lanes.Fill(TReduction.Identity);
        ref float first = ref MemoryMarshal.GetReference(x);
        ref float second = ref MemoryMarshal.GetReference(y);
        int whole = x.Length & -Lanes;
        if (whole > 0)
        {
            Accumulate<TReduction, TLanes>(ref first, ref second, whole, ref lanes[0]);
        }

        int next = whole;
        for (; next <= x.Length - TLanes.Count; next += TLanes.Count)
        {
            ref float part = ref lanes[next - whole];
            TReduction.Accumulate(TLanes.Load(ref part), TLanes.Load(ref Unsafe.Add(ref first, next)), TLanes.Load(ref Unsafe.Add(ref second, next))).Store(ref part);
        }

        for (int i = next; i < x.Length; i++)
        {
            ref float lane = ref lanes[i - whole];
            lane = TReduction.Accumulate(new ScalarLanes(lane), new ScalarLanes(Unsafe.Add(ref first, i)), new ScalarLanes(Unsafe.Add(ref second, i))).First;
        }

        float result = CombineLanes<TReduction, TLanes>(lanes);

        // Which NaN comes out would depend on the order of operands in the machine's instruction.
        return float.IsNaN(result) ? float.NaN : result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate<TReduction, TLanes>(ref float x, ref float y, int length, ref float lanes)
        where TReduction : struct, IReduction
        where TLanes : struct, ILanes<TLanes>
    {
        // Four registers at a time: at 512 bits they are the 64 lanes, at narrower widths each stretch, which stays in the first-level
        // cache, is swept once per group of lanes.
        const int Stretch = 4096;
        for (int start = 0; start < length; start += Stretch)
        {
            int end = Math.Min(length, start + Stretch);
            for (int offset = 0; offset < Lanes; offset += 4 * TLanes.Count)
            {
                ref float group = ref Unsafe.Add(ref lanes, offset);
                TLanes sum0 = TLanes.Load(ref group);
                TLanes sum1 = TLanes.Load(ref Unsafe.Add(ref group, TLanes.Count));
                TLanes sum2 = TLanes.Load(ref Unsafe.Add(ref group, 2 * TLanes.Count));
                TLanes sum3 = TLanes.Load(ref Unsafe.Add(ref group, 3 * TLanes.Count));
                for (int i = start + offset; i < end; i += Lanes)
                {
                    ref float a = ref Unsafe.Add(ref x, i);
                    ref float b = ref Unsafe.Add(ref y, i);
                    sum0 = TReduction.Accumulate(sum0, TLanes.Load(ref a), TLanes.Load(ref b));
                    sum1 = TReduction.Accumulate(sum1, TLanes.Load(ref Unsafe.Add(ref a, TLanes.Count)), TLanes.Load(ref Unsafe.Add(ref b, TLanes.Count)));
                    sum2 = TReduction.Accumulate(sum2, TLanes.Load(ref Unsafe.Add(ref a, 2 * TLanes.Count)), TLanes.Load(ref Unsafe.Add(ref b, 2 * TLanes.Count)));
                    sum3 = TReduction.Accumulate(sum3, TLanes.Load(ref Unsafe.Add(ref a, 3 * TLanes.Count)), TLanes.Load(ref Unsafe.Add(ref b, 3 * TLanes.Count)));
                }

                sum0.Store(ref group);
                sum1.Store(ref Unsafe.Add(ref group, TLanes.Count));
                sum2.Store(ref Unsafe.Add(ref group, 2 * TLanes.Count));
                sum3.Store(ref Unsafe.Add(ref group, 3 * TLanes.Count));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float CombineLanes<TReduction, TLanes>(Span<float> lanes)
        where TReduction : struct, IReduction
        where TLanes : struct, ILanes<TLanes>
    {
        ref float first = ref MemoryMarshal.GetReference(lanes);
        int half = Lanes / 2;
        for (; half >= TLanes.Count; half /= 2)
        {
            for (int i = 0; i < half; i += TLanes.Count)
            {
                ref float lower = ref Unsafe.Add(ref first, i);
                TReduction.Combine(TLanes.Load(ref lower), TLanes.Load(ref Unsafe.Add(ref lower, half))).Store(ref lower);
            }
        }

        for (; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                ref float lower = ref Unsafe.Add(ref first, i);
                lower = TReduction.Combine(new ScalarLanes(lower), new ScalarLanes(Unsafe.Add(ref lower, half))).First;
            }
        }

        return first;
    }
}
