using System.Numerics;
using System.Runtime.CompilerServices;

namespace MedTune.Training;

/// <summary>Columns of codes, row by row: for each sample the slots where its code is not the column's commonest one.</summary>
/// <remarks>
/// A slot is one code of one column, all columns numbered through. Most medical codes are one value nearly everywhere ("No", "missing"), so
/// a row has few slots; what belongs to the commonest code is a total less the sum of the others.
/// </remarks>
internal sealed class SlotRows
{
    private readonly int[] _starts;
    private readonly int[] _slots;
    private readonly int[] _first;
    private readonly int[] _common;

    private SlotRows(int[] starts, int[] slots, int[] first, int[] common)
    {
        (_starts, _slots, _first, _common) = (starts, slots, first, common);
    }

    /// <summary>Number of columns.</summary>
    public int Columns => _common.Length;

    /// <summary>Number of slots of all columns.</summary>
    public int Count => _first[^1];

    /// <summary>Where the slots of each row begin in <see cref="Slots"/>, and where the last one ends.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>The slots of all rows, one row after the other, columns in order.</summary>
    public ReadOnlySpan<int> Slots => _slots;

    /// <summary>Takes the codes of every row.</summary>
    /// <param name="columns">Per column the code of each row, from 0.</param>
    /// <param name="sizes">Per column the number of codes.</param>
    /// <param name="rows">Number of rows.</param>
    public static SlotRows Of<T>(IReadOnlyList<T[]> columns, ReadOnlySpan<int> sizes, int rows)
        where T : unmanaged, IBinaryInteger<T>
    {
        var first = new int[columns.Count + 1];
        var common = new int[columns.Count];
        var ends = new int[rows + 1];
        for (int c = 0; c < columns.Count; c++)
        {
            first[c + 1] = first[c] + sizes[c];
            common[c] = Commonest(columns[c], sizes[c]);
            CountOthers(columns[c], common[c], ends.AsSpan(1));
        }

        for (int row = 0; row < rows; row++)
        {
            ends[row + 1] += ends[row];
        }

        var slots = new int[ends[rows]];
        int[] next = ends[..rows];
        for (int c = 0; c < columns.Count; c++)
        {
            Place(columns[c], common[c], first[c], next, slots);
            common[c] += first[c];
        }

        return new SlotRows(ends, slots, first, common);
    }

    /// <summary>The first slot of a column; of the column after the last one, the number of slots.</summary>
    public int First(int column) => _first[column];

    /// <summary>The slot of a column's commonest code; the lowest of several.</summary>
    public int Common(int column) => _common[column];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Commonest<T>(T[] codes, int size)
        where T : unmanaged, IBinaryInteger<T>
    {
        var counts = new int[size];
        foreach (var code in codes)
        {
            counts[int.CreateTruncating(code)]++;
        }

        return counts.AsSpan().IndexOf(counts.Max());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountOthers<T>(T[] codes, int common, Span<int> counts)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int row = 0; row < codes.Length; row++)
        {
            counts[row] += int.CreateTruncating(codes[row]) == common ? 0 : 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place<T>(T[] codes, int common, int first, int[] next, int[] slots)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int row = 0; row < codes.Length; row++)
        {
            int code = int.CreateTruncating(codes[row]);
            if (code != common)
            {
                slots[next[row]++] = first + code;
            }
        }
    }
}
