using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Looks at a tensor as rows: one row for each combination of the kept axes, holding the elements along the reduced axes in order.</summary>
internal sealed class RowGathering
{
    private readonly int[] _rowStarts;
    private readonly int[] _offsets;

    private RowGathering(int[] rowStarts, int[] offsets)
    {
        _rowStarts = rowStarts;
        _offsets = offsets;
        IsContiguous = true;
        for (int i = 0; i < offsets.Length && IsContiguous; i++)
        {
            IsContiguous = offsets[i] == i;
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rowStarts.Length;

    /// <summary>Elements of a row.</summary>
    public int Width => _offsets.Length;

    /// <summary>Whether rows lie in memory as they are, so that nothing is copied.</summary>
    public bool IsContiguous { get; }

    /// <summary>Fixes the rows.</summary>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="along">Per axis, whether it runs along the row.</param>
    public static RowGathering For(Shape shape, ReadOnlySpan<bool> along)
    {
        int[] rowStarts = [0];
        int[] offsets = [0];
        int stride = shape.Length;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            stride = shape[axis] == 0 ? 0 : stride / shape[axis];
            ref int[] list = ref along[axis] ? ref offsets : ref rowStarts;
            list = Extend(list, shape[axis], stride);
        }

        return new RowGathering(rowStarts, offsets);
    }

    /// <summary>Where element i of a row is.</summary>
    public int Index(int row, int i) => _rowStarts[row] + _offsets[i];

    /// <summary>A row's elements, copied into <paramref name="scratch"/> when they do not lie together.</summary>
    public ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> values, int row, Span<T> scratch)
    {
        int start = _rowStarts[row];
        if (IsContiguous)
        {
            return values.Slice(start, _offsets.Length);
        }

        for (int i = 0; i < _offsets.Length; i++)
        {
            scratch[i] = values[start + _offsets[i]];
        }

        return scratch;
    }

    private static int[] Extend(int[] starts, int extent, int stride)
    {
        var result = new int[checked(starts.Length * extent)];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = starts[i / extent] + (i % extent * stride);
        }

        return result;
    }
}
