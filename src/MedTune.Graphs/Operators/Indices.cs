using System.Globalization;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An input of places along an axis, Int64 or Int32; negative ones count from the end.</summary>
internal sealed class Indices
{
    private readonly KernelContext _context;
    private readonly Buffer<long> _longs;
    private readonly Buffer<int> _ints;
    private readonly bool _isLong;
    private readonly int _extent;

    /// <summary>Indices along an axis of an extent.</summary>
    public Indices(KernelContext context, int input, int extent)
    {
        _context = context;
        _extent = extent;
        _isLong = context.ElementOf(input) == ElementType.Int64;
        if (_isLong)
        {
            _longs = context.Input<long>(input);
        }
        else
        {
            _ints = context.Input<int>(input);
        }
    }

    /// <summary>Number of indices.</summary>
    public int Length => _isLong ? _longs.Length : _ints.Length;

    /// <summary>An index, between 0 and the extent.</summary>
    /// <exception cref="InvalidGraphException">It lies outside the axis.</exception>
    public int this[int position]
    {
        get
        {
            long index = _isLong ? _longs[position] : _ints[position];
            long place = index < 0 ? index + _extent : index;
            return place >= 0 && place < _extent
                ? (int)place
                : throw _context.Error(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the index at position {position} lies outside an axis of extent {_extent}."));
        }
    }
}
