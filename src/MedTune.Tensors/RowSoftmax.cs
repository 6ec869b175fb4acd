using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Tensors;

/// <summary>exp(x) divided by its sum over every row of a matrix, without overflow: the row's largest value is subtracted first.</summary>
/// <remarks>Every row has the bits it has alone: those of the largest value and the sum that <see cref="Reductions"/> gives, <see cref="ExpKernel"/> and a division.</remarks>
public static class RowSoftmax
{
    /// <summary>Computes it in place.</summary>
    /// <param name="rows">A whole number of rows.</param>
    /// <param name="step">Values from one row to the next, at least 1.</param>
    /// <param name="width">Values of a row, from 1 to <paramref name="step"/>; the places behind them become 0.</param>
    /// <exception cref="ArgumentException">The rows are not whole, or wider than their step.</exception>
    public static void Apply(Span<float> rows, int step, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, step);
        if (rows.Length % step != 0)
        {
            throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {step}.", nameof(rows));
        }

        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512:
                Apply<Lanes512>(rows, step, width);
                break;
            case InstructionSet.Vector256:
                Apply<Lanes256>(rows, step, width);
                break;
            case InstructionSet.Vector128:
                Apply<Lanes128>(rows, step, width);
                break;
            default:
                Apply<ScalarLanes>(rows, step, width);
                break;
        }
    }

    internal static void Apply<TLanes>(Span<float> rows, int step, int width)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int start = 0; start < rows.Length; start += step)
        {
            // What fills the row up gets exp(-infinity) = 0, so that whole registers can be used and no sum changes.
            var row = rows.Slice(start, step);
            row[width..].Fill(float.NegativeInfinity);
            ref float first = ref MemoryMarshal.GetReference(row);
            Weigh<TLanes>(ref first, step, Reductions.Reduce<MaximumReduction, TLanes>(row, row));
            Divide<TLanes>(ref first, step, Reductions.Reduce<SumReduction, TLanes>(row, row));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Weigh<TLanes>(ref float first, int count, float largest)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes shift = TLanes.Create(largest);
        int i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            ExpKernel.Invoke(TLanes.Load(ref Unsafe.Add(ref first, i)) - shift).Store(ref Unsafe.Add(ref first, i));
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref first, i) = ExpKernel.Invoke(new ScalarLanes(Unsafe.Add(ref first, i)) - new ScalarLanes(largest)).First;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Divide<TLanes>(ref float first, int count, float sum)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes divisor = TLanes.Create(sum);
        int i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            (TLanes.Load(ref Unsafe.Add(ref first, i)) / divisor).Store(ref Unsafe.Add(ref first, i));
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref first, i) /= sum;
        }
    }
}
