using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A mask added to the scores of a <see cref="HeadAttention"/>; it broadcasts to [batch, heads, queries, keys].</summary>
internal sealed class HeadMask
{
    private readonly Buffer<float> _mask;
    private readonly int[] _strides = [0, 0, 0, 0];
    private readonly int _heads;

    /// <summary>The mask of a node, if it has one.</summary>
    public HeadMask(KernelContext context, HeadSizes sizes, int input)
    {
        _heads = sizes.Heads;
        if (!context.Has(input))
        {
            return;
        }

        _mask = context.Input<float>(input);
        var shape = context.InputShape(input);
        int[] own = StridedCopy.Strides(shape);
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            _strides[axis + 4 - shape.Rank] = shape[axis] == 1 ? 0 : own[axis];
        }
    }

    /// <summary>Whether there is a mask.</summary>
    public bool IsThere => _mask.Length > 0;

    /// <summary>Adds the mask of one query to its scores; only where it is there.</summary>
    public void Add(int plane, int query, Span<float> scores)
    {
        int start = (plane / _heads * _strides[0]) + (plane % _heads * _strides[1]) + (query * _strides[2]);
        if (_strides[3] == 0)
        {
            ElementWise.Map<AddKernel>(scores, _mask[start], scores);
        }
        else
        {
            ElementWise.Map<AddKernel>(scores, _mask.Span.Slice(start, scores.Length), scores);
        }
    }
}
