using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// A walk over elements that lie at regular steps in one buffer (a transposed, sliced, repeated view) in the row-major order of another.
/// Axes that continue each other are merged, so that what is contiguous is copied in runs.
/// </summary>
internal sealed class StridedCopy
{
    private readonly int[] _extents;
    private readonly int[] _strides;
    private readonly int _offset;
    private readonly int _inner;
    private readonly int _step;

    private StridedCopy(int[] extents, int[] strides, int offset)
    {
        // The last axis is the inner run; there is always one.
        _extents = extents[..^1];
        _strides = strides[..^1];
        _inner = extents[^1];
        _step = strides[^1];
        _offset = offset;
    }

    /// <summary>Fixes the walk.</summary>
    /// <param name="extents">The extents of the dense side.</param>
    /// <param name="strides">Per axis, how far the strided side moves; 0 repeats, negative goes backwards.</param>
    /// <param name="offset">Where the strided side starts.</param>
    public static StridedCopy For(ReadOnlySpan<int> extents, ReadOnlySpan<int> strides, int offset)
    {
        var merged = new List<(int Extent, int Stride)>();
        for (int axis = 0; axis < extents.Length; axis++)
        {
            var (extent, stride) = (extents[axis], strides[axis]);
            if (extent == 1)
            {
                continue;
            }

            if (merged.Count > 0 && merged[^1].Stride == (long)extent * stride)
            {
                merged[^1] = (merged[^1].Extent * extent, stride);
            }
            else
            {
                merged.Add((extent, stride));
            }
        }

        if (merged.Count == 0)
        {
            merged.Add((1, 1));
        }

        return new StridedCopy([.. merged.Select(axis => axis.Extent)], [.. merged.Select(axis => axis.Stride)], offset);
    }

    /// <summary>Steps between neighbors along each axis of a dense row-major tensor.</summary>
    public static int[] Strides(Shape shape)
    {
        var strides = new int[shape.Rank];
        int step = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= shape[axis];
        }

        return strides;
    }

    /// <summary>Fills the dense side from the strided side.</summary>
    public void Gather<T>(ReadOnlySpan<T> strided, Span<T> dense)
    {
        Span<int> counters = stackalloc int[_extents.Length];
        counters.Clear();
        int position = _offset;
        for (int start = 0; start < dense.Length; start += _inner)
        {
            var run = dense.Slice(start, _inner);
            if (_step == 1)
            {
                strided.Slice(position, _inner).CopyTo(run);
            }
            else if (_step == 0)
            {
                run.Fill(strided[position]);
            }
            else
            {
                for (int i = 0; i < run.Length; i++)
                {
                    run[i] = strided[position + (i * _step)];
                }
            }

            position = Advance(counters, position);
        }
    }

    /// <summary>Adds the dense side to the strided side, in the dense side's order: the gradient of <see cref="Gather"/>.</summary>
    public void Accumulate<T>(ReadOnlySpan<T> dense, Span<T> strided)
        where T : INumber<T>
    {
        Span<int> counters = stackalloc int[_extents.Length];
        counters.Clear();
        int position = _offset;
        for (int start = 0; start < dense.Length; start += _inner)
        {
            var run = dense.Slice(start, _inner);
            for (int i = 0; i < run.Length; i++)
            {
                strided[position + (i * _step)] += run[i];
            }

            position = Advance(counters, position);
        }
    }

    private int Advance(Span<int> counters, int position)
    {
        for (int axis = counters.Length - 1; axis >= 0; axis--)
        {
            position += _strides[axis];
            if (++counters[axis] < _extents[axis])
            {
                break;
            }

            position -= _extents[axis] * _strides[axis];
            counters[axis] = 0;
        }

        return position;
    }
}
