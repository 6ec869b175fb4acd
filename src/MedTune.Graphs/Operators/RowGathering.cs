using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Looks at a tensor as rows: one row for each combination of the kept axes, holding the elements along the reduced axes in order.</summary>
internal sealed class RowGathering
{
    private readonly int[] _rowStarts;
    private readonly int[] _offsets;

    private RowGathering(int count, int width, int[] rowStarts, int[] offsets)
    {
        Count = count;
        Width = width;
        _rowStarts = rowStarts;
        _offsets = offsets;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Elements of a row.</summary>
    public int Width { get; }

    /// <summary>Whether rows lie in memory one after another, so that nothing is copied.</summary>
    public bool IsContiguous => _offsets.Length == 0;

    /// <summary>Fixes the rows.</summary>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="along">Per axis, whether it runs along the row.</param>
    public static RowGathering For(Shape shape, ReadOnlySpan<bool> along)
    {
        (int count, int width) = (1, 1);
        bool contiguous = true;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            // Rows lie together when no kept axis (but one of extent 1) follows an axis along the row.
            contiguous &= along[axis] || shape[axis] == 1 || width == 1;
            (count, width) = along[axis] ? (count, width * shape[axis]) : (count * shape[axis], width);
        }

        if (contiguous || count == 0 || width == 0)
        {
            return new RowGathering(count, width, [], []);
        }

        int[] rowStarts = [0];
        int[] offsets = [0];
        int stride = shape.Length;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            stride /= shape[axis];
            ref int[] list = ref along[axis] ? ref offsets : ref rowStarts;
            list = Extend(list, shape[axis], stride);
        }

        return new RowGathering(count, width, rowStarts, offsets);
    }

    /// <summary>Where element i of a row is.</summary>
    public int Index(int row, int i) => IsContiguous ? (row * Width) + i : _rowStarts[row] + _offsets[i];

    /// <summary>A row's elements, copied into <paramref name="scratch"/> when they do not lie together.</summary>
    public ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> values, int row, Span<T> scratch)
    {
        if (IsContiguous)
        {
            return values.Slice(row * Width, Width);
        }

        int start = _rowStarts[row];
        for (int i = 0; i < _offsets.Length; i++)
        {
            scratch[i] = values[start + _offsets[i]];
        }

        return scratch;
    }

    /// <summary>Puts a row back where <see cref="Row"/> took it from.</summary>
    public void Store<T>(ReadOnlySpan<T> scratch, int row, Span<T> values)
    {
        if (IsContiguous)
        {
            scratch.CopyTo(values.Slice(row * Width, Width));
            return;
        }

        int start = _rowStarts[row];
        for (int i = 0; i < _offsets.Length; i++)
        {
            values[start + _offsets[i]] = scratch[i];
        }
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
