using System.Numerics;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>The walk over all labels of an equation, the last label fastest: where each operand and the result are at every step.</summary>
internal sealed class EinsumLoop
{
    private readonly int[] _extents;
    private readonly int[][] _strides;
    private readonly int[] _counters;
    private readonly int[] _offsets;

    /// <param name="extents">The extent of every label.</param>
    /// <param name="strides">Per operand (and result), how far it moves for a step along each label.</param>
    public EinsumLoop(int[] extents, int[][] strides)
    {
        _extents = extents;
        _strides = strides;
        _counters = new int[extents.Length];
        _offsets = new int[strides.Length];
        Count = extents.Aggregate(1, (product, extent) => checked(product * extent));
    }

    /// <summary>How many steps there are.</summary>
    public int Count { get; }

    /// <summary>Where operand <paramref name="operand"/> is.</summary>
    public int Offset(int operand) => _offsets[operand];

    /// <summary>Goes to the first step.</summary>
    public void Begin()
    {
        _counters.AsSpan().Clear();
        _offsets.AsSpan().Clear();
    }

    /// <summary>Goes to the next step.</summary>
    public void Next()
    {
        for (int label = _extents.Length - 1; label >= 0; label--)
        {
            bool isInside = ++_counters[label] < _extents[label];
            for (int operand = 0; operand < _offsets.Length; operand++)
            {
                _offsets[operand] += isInside ? _strides[operand][label] : -(_extents[label] - 1) * _strides[operand][label];
            }

            if (isInside)
            {
                return;
            }

            _counters[label] = 0;
        }
    }

    /// <summary>The product of the operands at this step, in their order, in double; a first factor may be given.</summary>
    public double Product<T>(Buffer<T>[] operands, double first = 1)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < operands.Length; i++)
        {
            first *= double.CreateTruncating(operands[i][_offsets[i]]);
        }

        return first;
    }
}
