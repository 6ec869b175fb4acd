using System.Numerics;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Where the elements of windows lie in one plane, row by row: along the last axis the windows of a row step evenly, so only the starts of
/// the rows are kept. A tap is the place of an element within its window, the last axis fastest.
/// </summary>
internal sealed class WindowRows
{
    private readonly int _kernel;
    private readonly int _stride;
    private readonly int _extent;
    private readonly int[] _starts;
    private readonly int[] _offsets;
    private readonly (int First, int End)[] _inside;

    /// <summary>Lays windows over a plane.</summary>
    /// <param name="windows">Kernel, strides and dilations.</param>
    /// <param name="extents">The plane's extents.</param>
    /// <param name="counts">The number of windows along each axis.</param>
    /// <param name="begins">The padding before each axis; below 0 the windows start inside the data.</param>
    public WindowRows(Windows windows, ReadOnlySpan<int> extents, ReadOnlySpan<int> counts, ReadOnlySpan<int> begins)
    {
        int last = extents.Length - 1;
        (_kernel, _stride, _extent, Width) = (windows.Kernel[last], windows.Stride(last), extents[last], counts[last]);
        Taps = windows.Product([.. windows.Kernel]);
        Plane = windows.Product(extents);
        Windows = windows.Product(counts);
        Rows = windows.Product(counts[..last]);
        _starts = new int[windows.Product([Taps / Math.Max(1, _kernel), Rows])];
        for (int i = 0; i < _starts.Length; i++)
        {
            (int tap, int row) = Math.DivRem(i, Rows);
            _starts[i] = Start(windows, tap, row, extents, counts, begins);
        }

        _offsets = new int[_kernel];
        _inside = new (int, int)[_kernel];
        for (int k = 0; k < _kernel; k++)
        {
            long offset = ((long)k * windows.Dilation(last)) - begins[last];
            _offsets[k] = (int)Math.Clamp(offset, int.MinValue, int.MaxValue);
            int first = (int)Math.Clamp((-offset + _stride - 1) / _stride, 0, Width);
            int end = (int)Math.Clamp((_extent - offset + _stride - 1) / _stride, first, Width);
            _inside[k] = offset >= _extent ? (0, 0) : (first, end);
        }
    }

    /// <summary>Elements of a window.</summary>
    public int Taps { get; }

    /// <summary>Number of windows.</summary>
    public int Windows { get; }

    /// <summary>Rows of windows: all axes but the last.</summary>
    public int Rows { get; }

    /// <summary>Windows of a row.</summary>
    public int Width { get; }

    /// <summary>Elements of the plane.</summary>
    public int Plane { get; }

    /// <summary>Whether the windows are the plane's elements, in order.</summary>
    public bool AreElements => Taps == 1 && Windows == Plane && _stride == 1 && _inside[0] == (0, Width) && !_starts.Contains(-1) && _offsets[0] == 0;

    /// <summary>The windows of a row whose element at a tap lies in the data, and where that of the first one lies in the plane; they are <see cref="Step"/> apart.</summary>
    public (int First, int End, int Place) Inside(int tap, int row)
    {
        (int outer, int k) = Math.DivRem(tap, _kernel);
        int start = _starts[(outer * Rows) + row];
        var (first, end) = _inside[k];
        return start < 0 || first == end ? (0, 0, 0) : (first, end, start + (first * _stride) + _offsets[k]);
    }

    /// <summary>How far apart the elements of neighboring windows of a row lie.</summary>
    public int Step => _stride;

    /// <summary>The elements at a tap of the windows from <paramref name="first"/> on; 0 in the padding.</summary>
    public void Read<T>(ReadOnlySpan<T> plane, int tap, int first, Span<T> values)
        where T : unmanaged
    {
        for (int done = 0; done < values.Length;)
        {
            (int row, int from) = Math.DivRem(first + done, Width);
            var part = values.Slice(done, Math.Min(Width - from, values.Length - done));
            done += part.Length;
            var (begin, end, place) = Part(tap, row, from, part.Length);
            part[..begin].Clear();
            part[end..].Clear();
            part = part[begin..end];
            if (_stride == 1)
            {
                plane.Slice(place, part.Length).CopyTo(part);
                continue;
            }

            for (int i = 0; i < part.Length; i++, place += _stride)
            {
                part[i] = plane[place];
            }
        }
    }

    /// <summary>Adds values, one for each window from <paramref name="first"/> on, to the elements at a tap; those of the padding are dropped.</summary>
    public void Add<T>(ReadOnlySpan<T> values, int tap, int first, Span<T> plane)
        where T : unmanaged, INumber<T>
    {
        for (int done = 0; done < values.Length;)
        {
            (int row, int from) = Math.DivRem(first + done, Width);
            var part = values.Slice(done, Math.Min(Width - from, values.Length - done));
            done += part.Length;
            var (begin, end, place) = Part(tap, row, from, part.Length);
            part = part[begin..end];
            if (_stride == 1)
            {
                var sums = plane.Slice(place, part.Length);
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += part[i];
                }

                continue;
            }

            for (int i = 0; i < part.Length; i++, place += _stride)
            {
                plane[place] += part[i];
            }
        }
    }

    /// <summary>Of so many windows of a row from a given one on: which lie in the data, and the place of the first of these.</summary>
    private (int Begin, int End, int Place) Part(int tap, int row, int from, int count)
    {
        var (first, end, place) = Inside(tap, row);
        int begin = Math.Clamp(first - from, 0, count);
        int stop = Math.Clamp(end - from, begin, count);
        return begin == stop ? (0, 0, 0) : (begin, stop, place + ((from + begin - first) * _stride));
    }

    private static int Start(Windows windows, int tap, int row, ReadOnlySpan<int> extents, ReadOnlySpan<int> counts, ReadOnlySpan<int> begins)
    {
        (int place, int step) = (0, extents[^1]);
        for (int axis = extents.Length - 2; axis >= 0; axis--)
        {
            (tap, int k) = Math.DivRem(tap, windows.Kernel[axis]);
            (row, int window) = Math.DivRem(row, counts[axis]);
            long at = ((long)window * windows.Stride(axis)) + ((long)k * windows.Dilation(axis)) - begins[axis];
            if (at < 0 || at >= extents[axis])
            {
                return -1;
            }

            place += (int)at * step;
            step *= extents[axis];
        }

        return place;
    }
}
