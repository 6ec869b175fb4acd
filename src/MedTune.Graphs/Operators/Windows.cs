using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Graphs.Operators;

/// <summary>The windows that pooling and convolutions move over the spatial axes: kernel, strides, dilations and padding of each axis.</summary>
internal sealed class Windows
{
    private readonly Attributes _attributes;
    private readonly Func<string, InvalidGraphException> _error;
    private readonly int[] _strides;
    private readonly int[] _dilations;
    private readonly int[] _pads;

    /// <summary>Reads the attributes strides, dilations, pads, auto_pad and ceil_mode for a kernel with one extent per spatial axis.</summary>
    public Windows(Attributes attributes, ImmutableArray<int> kernel, Func<string, InvalidGraphException> error)
    {
        (_attributes, Kernel, _error) = (attributes, kernel, error);
        _strides = List(attributes, "strides", kernel.Length, (1, 1), error);
        _dilations = List(attributes, "dilations", kernel.Length, (1, 1), error);
        _pads = List(attributes, "pads", 2 * kernel.Length, (0, 0), error);
        if (kernel.Any(extent => extent < 1))
        {
            throw error("its kernel has no elements.");
        }

        if (attributes.String("auto_pad", "NOTSET") is not ("NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER"))
        {
            throw error("its auto_pad is none of NOTSET, VALID, SAME_UPPER and SAME_LOWER.");
        }
    }

    /// <summary>The kernel's extent along each spatial axis.</summary>
    public ImmutableArray<int> Kernel { get; }

    /// <summary>The windows of a pooling node, whose kernel is its attribute kernel_shape.</summary>
    public static Windows OfPool(Attributes attributes, int axes, Func<string, InvalidGraphException> error) => attributes.Has("kernel_shape")
        ? new(attributes, [.. List(attributes, "kernel_shape", axes, (1, 1), error)], error)
        : throw error("its attribute kernel_shape is missing.");

    /// <summary>A list attribute with one number per place, or the default everywhere.</summary>
    public static int[] List(Attributes attributes, string name, int length, (int Default, int Minimum) values, Func<string, InvalidGraphException> error)
    {
        var given = attributes.Ints(name);
        if (given.IsDefaultOrEmpty)
        {
            return [.. Enumerable.Repeat(values.Default, length)];
        }

        return given.Length == length && given.All(value => value >= values.Minimum && value <= int.MaxValue)
            ? [.. given.Select(value => (int)value)]
            : throw error(string.Create(CultureInfo.InvariantCulture, $"its {name} must be {length} numbers of at least {values.Minimum}."));
    }

    /// <summary>The distance between neighboring windows.</summary>
    public int Stride(int axis) => _strides[axis];

    /// <summary>The distance between neighboring elements of a window.</summary>
    public int Dilation(int axis) => _dilations[axis];

    /// <summary>How many elements a window spans, dilations included.</summary>
    public long Reach(int axis) => ((long)(Kernel[axis] - 1) * _dilations[axis]) + 1;

    /// <summary>The padding the attributes name.</summary>
    public (int Begin, int End) Pads(int axis) => (_pads[axis], _pads[axis + Kernel.Length]);

    /// <summary>The number of windows along an axis, and the padding before and after it.</summary>
    public (int Count, int Begin, int End) Fit(int axis, int extent)
    {
        int stride = _strides[axis];
        string auto = _attributes.String("auto_pad", "NOTSET");
        if (auto.StartsWith("SAME", StringComparison.Ordinal))
        {
            int windows = (int)(((long)extent + stride - 1) / stride);
            int total = (int)Math.Clamp(((windows - 1L) * stride) + Reach(axis) - extent, 0, int.MaxValue);
            int before = auto == "SAME_UPPER" ? total / 2 : total - (total / 2);
            return (windows, before, total - before);
        }

        var (begin, end) = auto == "VALID" ? (0, 0) : Pads(axis);
        long room = (long)extent + begin + end - Reach(axis);
        if (room < 0)
        {
            throw _error(string.Create(CultureInfo.InvariantCulture, $"its window spans {Reach(axis)} elements of spatial axis {axis}, which has {extent} and padding {begin} and {end}."));
        }

        bool up = _attributes.Int("ceil_mode", 0) == 1;
        long count = ((room + (up ? stride - 1 : 0)) / stride) + 1;

        // A window that would start behind the data and its padding at the front is left out.
        count -= up && (count - 1) * stride >= (long)extent + begin ? 1 : 0;
        return ((int)Math.Min(count, int.MaxValue), begin, end);
    }

    /// <summary>The number of windows along an axis of which only the symbol may be known.</summary>
    public Dimension Count(int axis, Dimension extent)
    {
        if (extent.Value is int known)
        {
            return Fit(axis, known).Count;
        }

        var (begin, end) = Pads(axis);
        bool same = _attributes.String("auto_pad", "NOTSET") switch
        {
            "NOTSET" => begin + (long)end == Reach(axis) - 1,
            "VALID" => Reach(axis) == 1,
            _ => true,
        };
        return same && _strides[axis] == 1 ? extent : Dimension.Unknown;
    }

    /// <summary>Where every element of every window lies in a plane of these extents.</summary>
    /// <param name="extents">The plane's extents.</param>
    /// <param name="counts">The number of windows along each axis.</param>
    /// <param name="begins">The padding before each axis.</param>
    public WindowTaps Taps(ReadOnlySpan<int> extents, ReadOnlySpan<int> counts, ReadOnlySpan<int> begins)
    {
        int taps = Product([.. Kernel]);
        int windows = Product(counts);
        var places = new int[Product([taps, windows])];
        for (int i = 0; i < places.Length; i++)
        {
            (int tap, int window) = Math.DivRem(i, windows);
            places[i] = Place(tap, window, extents, counts, begins);
        }

        return new WindowTaps(taps, windows, Product(extents), places);
    }

    /// <summary>How many elements of a window lie in an axis of this length, its padding included.</summary>
    public int Within(int axis, int window, long padded)
    {
        long left = padded - ((long)window * _strides[axis]);
        return (int)Math.Clamp((left + _dilations[axis] - 1) / _dilations[axis], 0, Kernel[axis]);
    }

    /// <summary>A number of elements, refused when they cannot be addressed.</summary>
    public int Product(ReadOnlySpan<int> extents)
    {
        long product = 1;
        foreach (int extent in extents)
        {
            product = product > Array.MaxLength ? product : product * extent;
        }

        return product <= Array.MaxLength ? (int)product : throw _error("its windows have more elements than can be addressed.");
    }

    private int Place(int tap, int window, ReadOnlySpan<int> extents, ReadOnlySpan<int> counts, ReadOnlySpan<int> begins)
    {
        (int place, int step) = (0, 1);
        for (int axis = Kernel.Length - 1; axis >= 0; axis--)
        {
            (tap, int k) = Math.DivRem(tap, Kernel[axis]);
            (window, int start) = Math.DivRem(window, counts[axis]);
            long at = ((long)start * _strides[axis]) + ((long)k * _dilations[axis]) - begins[axis];
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
