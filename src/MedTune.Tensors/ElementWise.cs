using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Tensors;

/// <summary>Applies a kernel to every element of a span.</summary>
/// <remarks>
/// The destination may be one of the inputs itself, but must not overlap one shifted. Every element's result depends on that element alone: the
/// last few, which do not fill a register, go through a register padded with zeros, so they get the bits of any other place.
/// </remarks>
public static partial class ElementWise
{
    /// <summary><c>destination[i] = kernel(x[i])</c>.</summary>
    /// <typeparam name="TKernel">The function, such as <see cref="ExpKernel"/>.</typeparam>
    /// <exception cref="ArgumentException">The lengths differ, or destination overlaps x shifted.</exception>
    public static void Map<TKernel>(ReadOnlySpan<float> x, Span<float> destination)
        where TKernel : struct, IUnaryKernel
    {
        Require(x, destination);
        ref float first = ref MemoryMarshal.GetReference(x);
        ref float last = ref MemoryMarshal.GetReference(destination);
        if (TKernel.IsVectorized && InstructionSets.Active == InstructionSet.Vector512)
        {
            Unary<TKernel, Lanes512>(ref first, ref last, destination.Length);
        }
        else if (TKernel.IsVectorized && InstructionSets.Active == InstructionSet.Vector256)
        {
            Unary<TKernel, Lanes256>(ref first, ref last, destination.Length);
        }
        else if (TKernel.IsVectorized && InstructionSets.Active == InstructionSet.Vector128)
        {
            Unary<TKernel, Lanes128>(ref first, ref last, destination.Length);
        }
        else
        {
            Unary<TKernel, ScalarLanes>(ref first, ref last, destination.Length);
        }
    }

    /// <summary><c>destination[i] = kernel(x[i], y[i])</c>.</summary>
    /// <typeparam name="TKernel">The function, such as <see cref="AddKernel"/>.</typeparam>
    /// <exception cref="ArgumentException">The lengths differ, or destination overlaps an input shifted.</exception>
    public static void Map<TKernel>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
        where TKernel : struct, IBinaryKernel
    {
        Require(x, destination);
        Require(y, destination);
        Dispatch<TKernel>(ref MemoryMarshal.GetReference(x), 1, ref MemoryMarshal.GetReference(y), 1, destination);
    }

    /// <summary><c>destination[i] = kernel(x[i], y)</c>.</summary>
    /// <typeparam name="TKernel">The function, such as <see cref="AddKernel"/>.</typeparam>
    /// <exception cref="ArgumentException">The lengths differ, or destination overlaps x shifted.</exception>
    public static void Map<TKernel>(ReadOnlySpan<float> x, float y, Span<float> destination)
        where TKernel : struct, IBinaryKernel
    {
        Require(x, destination);
        Dispatch<TKernel>(ref MemoryMarshal.GetReference(x), 1, ref y, 0, destination);
    }

    /// <summary><c>destination[i] = kernel(x, y[i])</c>.</summary>
    /// <typeparam name="TKernel">The function, such as <see cref="SubtractKernel"/>.</typeparam>
    /// <exception cref="ArgumentException">The lengths differ, or destination overlaps y shifted.</exception>
    public static void Map<TKernel>(float x, ReadOnlySpan<float> y, Span<float> destination)
        where TKernel : struct, IBinaryKernel
    {
        Require(y, destination);
        Dispatch<TKernel>(ref x, 0, ref MemoryMarshal.GetReference(y), 1, destination);
    }

    /// <summary><c>destination[r, c] = kernel(x[r, c], row[c])</c>: one row, such as a bias, against every row of x.</summary>
    /// <typeparam name="TKernel">The function, such as <see cref="AddKernel"/>.</typeparam>
    /// <param name="x">Row-major; a whole number of rows as long as <paramref name="row"/>.</param>
    /// <param name="row">One value per column.</param>
    /// <param name="destination">As long as x.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or destination overlaps an input shifted.</exception>
    public static void MapRows<TKernel>(ReadOnlySpan<float> x, ReadOnlySpan<float> row, Span<float> destination)
        where TKernel : struct, IBinaryKernel
    {
        Require(x, destination);
        int columns = row.Length;
        if (columns == 0 ? x.Length != 0 : x.Length % columns != 0)
        {
            throw new ArgumentException($"{x.Length} values are not a whole number of rows of {columns}.", nameof(x));
        }

        for (int start = 0; start < x.Length; start += columns)
        {
            Dispatch<TKernel>(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(x), start), 1, ref MemoryMarshal.GetReference(row), 1, destination.Slice(start, columns));
        }
    }

    /// <summary><c>destination[r, c] = kernel(x[r, c], column[r])</c>: one value per row, such as a row's maximum, against that row of x.</summary>
    /// <typeparam name="TKernel">The function, such as <see cref="SubtractKernel"/>.</typeparam>
    /// <param name="x">Row-major, as many equal rows as <paramref name="column"/> has values.</param>
    /// <param name="column">One value per row.</param>
    /// <param name="destination">As long as x.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or destination overlaps an input shifted.</exception>
    public static void MapColumns<TKernel>(ReadOnlySpan<float> x, ReadOnlySpan<float> column, Span<float> destination)
        where TKernel : struct, IBinaryKernel
    {
        Require(x, destination);
        if (column.Length == 0 ? x.Length != 0 : x.Length % column.Length != 0)
        {
            throw new ArgumentException($"{x.Length} values are not {column.Length} rows of equal length.", nameof(x));
        }

        int columns = column.Length == 0 ? 0 : x.Length / column.Length;
        for (int row = 0; row < column.Length; row++)
        {
            float y = column[row];
            Dispatch<TKernel>(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(x), row * columns), 1, ref y, 0, destination.Slice(row * columns, columns));
        }
    }

    private static void Require(ReadOnlySpan<float> input, Span<float> destination)
    {
        if (input.Length != destination.Length)
        {
            throw new ArgumentException($"The destination holds {destination.Length} values; the input has {input.Length}.");
        }

        if (input.Overlaps(destination, out int offset) && offset != 0)
        {
            throw new ArgumentException("The destination overlaps an input at another place; give the input itself or separate memory.");
        }
    }

    /// <summary>Steps are 1 for a span and 0 for a single value.</summary>
    private static void Dispatch<TKernel>(ref float x, int stepX, ref float y, int stepY, Span<float> destination)
        where TKernel : struct, IBinaryKernel
    {
        ref float last = ref MemoryMarshal.GetReference(destination);
        if (TKernel.IsVectorized && InstructionSets.Active == InstructionSet.Vector512)
        {
            Binary<TKernel, Lanes512>(ref x, stepX, ref y, stepY, ref last, destination.Length);
        }
        else if (TKernel.IsVectorized && InstructionSets.Active == InstructionSet.Vector256)
        {
            Binary<TKernel, Lanes256>(ref x, stepX, ref y, stepY, ref last, destination.Length);
        }
        else if (TKernel.IsVectorized && InstructionSets.Active == InstructionSet.Vector128)
        {
            Binary<TKernel, Lanes128>(ref x, stepX, ref y, stepY, ref last, destination.Length);
        }
        else
        {
            Binary<TKernel, ScalarLanes>(ref x, stepX, ref y, stepY, ref last, destination.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Unary<TKernel, TLanes>(ref float x, ref float destination, int length)
        where TKernel : struct, IUnaryKernel
        where TLanes : struct, ILanes<TLanes>
    {
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TKernel.Invoke(TLanes.Load(ref Unsafe.Add(ref x, i))).Store(ref Unsafe.Add(ref destination, i));
        }

        if (i < length)
        {
            TLanes rest = Registers.LoadPart<TLanes>(ref Unsafe.Add(ref x, i), length - i);
            Registers.StorePart(TKernel.Invoke(rest), ref Unsafe.Add(ref destination, i), length - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Binary<TKernel, TLanes>(ref float x, int stepX, ref float y, int stepY, ref float destination, int length)
        where TKernel : struct, IBinaryKernel
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sameX = TLanes.Create(stepX == 0 ? x : 0);
        TLanes sameY = TLanes.Create(stepY == 0 ? y : 0);
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes a = stepX == 0 ? sameX : TLanes.Load(ref Unsafe.Add(ref x, i));
            TLanes b = stepY == 0 ? sameY : TLanes.Load(ref Unsafe.Add(ref y, i));
            TKernel.Invoke(a, b).Store(ref Unsafe.Add(ref destination, i));
        }

        if (i < length)
        {
            TLanes a = stepX == 0 ? sameX : Registers.LoadPart<TLanes>(ref Unsafe.Add(ref x, i), length - i);
            TLanes b = stepY == 0 ? sameY : Registers.LoadPart<TLanes>(ref Unsafe.Add(ref y, i), length - i);
            Registers.StorePart(TKernel.Invoke(a, b), ref Unsafe.Add(ref destination, i), length - i);
        }
    }
}
