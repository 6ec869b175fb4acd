using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Tensors;

public static partial class Reductions
{
    private const int RowBlock = 64;
    private const int Strip = 64;
    private const int Levels = 26;

    /// <summary>The sum over axis 0: <c>destination[c]</c> is the sum of x[r, c] over the rows r.</summary>
    /// <param name="x">Row-major, rows x columns.</param>
    /// <param name="rows">Number of rows; with 0 the sums are 0.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="destination">One sum per column.</param>
    /// <remarks>Each column: blocks of 64 rows are added in order, finished blocks are joined two and two (pairwise summation), so errors grow with log(rows).</remarks>
    /// <exception cref="ArgumentException">The lengths do not fit rows and columns.</exception>
    public static void SumRows(ReadOnlySpan<float> x, int rows, int columns, Span<float> destination)
    {
        if (x.Length != (long)rows * columns || destination.Length != columns)
        {
            throw new ArgumentException($"{x.Length} values and {destination.Length} sums do not fit {rows} rows of {columns} columns.");
        }

        if (InstructionSets.Active == InstructionSet.Vector512)
        {
            SumRows<Lanes512>(x, rows, columns, destination);
        }
        else if (InstructionSets.Active == InstructionSet.Vector256)
        {
            SumRows<Lanes256>(x, rows, columns, destination);
        }
        else if (InstructionSets.Active == InstructionSet.Vector128)
        {
            SumRows<Lanes128>(x, rows, columns, destination);
        }
        else
        {
            SumRows<ScalarLanes>(x, rows, columns, destination);
        }
    }

    [SkipLocalsInit]
    internal static void SumRows<TLanes>(ReadOnlySpan<float> x, int rows, int columns, Span<float> destination)
        where TLanes : struct, ILanes<TLanes>
    {
        // Level l holds the sum of 2^l blocks of rows of one strip of columns, as the bits of a binary counter do.
        Span<float> levels = stackalloc float[Levels * Strip];
        for (int column = 0; column < columns; column += Strip)
        {
            int width = Math.Min(Strip, columns - column);
            if (rows <= RowBlock)
            {
                SumBlock<TLanes>(x, 0, rows, columns, column, destination.Slice(column, width));
                continue;
            }

            int blocks = 0;
            for (int row = 0; row < rows; row += RowBlock, blocks++)
            {
                // Block number b closes as many levels as b has trailing ones.
                int level = BitOperations.TrailingZeroCount(~blocks);
                Span<float> sum = levels.Slice(level * Strip, width);
                SumBlock<TLanes>(x, row, Math.Min(RowBlock, rows - row), columns, column, sum);
                for (int lower = 0; lower < level; lower++)
                {
                    ElementWise.Map<AddKernel>(levels.Slice(lower * Strip, width), sum, sum);
                }
            }

            JoinLevels(levels, blocks, destination.Slice(column, width));
        }
    }

    private static void JoinLevels(Span<float> levels, int blocks, Span<float> destination)
    {
        int level = BitOperations.TrailingZeroCount(blocks);
        levels.Slice(level * Strip, destination.Length).CopyTo(destination);
        for (level++; blocks >> level != 0; level++)
        {
            if (((blocks >> level) & 1) != 0)
            {
                ElementWise.Map<AddKernel>(levels.Slice(level * Strip, destination.Length), destination, destination);
            }
        }
    }

    /// <summary>Adds up to 64 rows of a strip of columns, in order, from zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumBlock<TLanes>(ReadOnlySpan<float> x, int row, int rows, int columns, int column, Span<float> destination)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float first = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), ((nint)row * columns) + column);
        int i = 0;
        for (; i <= destination.Length - (4 * TLanes.Count); i += 4 * TLanes.Count)
        {
            // Four registers of a row lie side by side: memory is read in longer runs, and the additions do not wait for each other.
            TLanes sum0 = TLanes.Create(0);
            TLanes sum1 = sum0;
            TLanes sum2 = sum0;
            TLanes sum3 = sum0;
            ref float place = ref Unsafe.Add(ref first, i);
            for (int r = 0; r < rows; r++)
            {
                sum0 += TLanes.Load(ref place);
                sum1 += TLanes.Load(ref Unsafe.Add(ref place, TLanes.Count));
                sum2 += TLanes.Load(ref Unsafe.Add(ref place, 2 * TLanes.Count));
                sum3 += TLanes.Load(ref Unsafe.Add(ref place, 3 * TLanes.Count));
                place = ref Unsafe.Add(ref place, columns);
            }

            sum0.Store(ref destination[i]);
            sum1.Store(ref destination[i + TLanes.Count]);
            sum2.Store(ref destination[i + (2 * TLanes.Count)]);
            sum3.Store(ref destination[i + (3 * TLanes.Count)]);
        }

        for (; i <= destination.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes sum = TLanes.Create(0);
            for (int r = 0; r < rows; r++)
            {
                sum += TLanes.Load(ref Unsafe.Add(ref first, ((nint)r * columns) + i));
            }

            sum.Store(ref destination[i]);
        }

        for (; i < destination.Length; i++)
        {
            float sum = 0;
            for (int r = 0; r < rows; r++)
            {
                sum += Unsafe.Add(ref first, ((nint)r * columns) + i);
            }

            destination[i] = sum;
        }
    }
}
