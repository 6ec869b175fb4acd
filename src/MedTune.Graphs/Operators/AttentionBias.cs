using System.Numerics;
using System.Runtime.InteropServices;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What happens to the scores before the softmax: a soft limit, then a mask, then for causal attention nothing of the future.</summary>
internal sealed class AttentionBias<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AttentionSizes _sizes;
    private readonly Buffer<T> _added;
    private readonly Buffer<bool> _allowed;
    private readonly int[] _strides = [0, 0, 0, 0];
    private readonly bool _isCausal;

    /// <param name="context">The node.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <param name="mask">Which input is the mask: Bool, or a number to be added; it broadcasts to [batch, heads, queries, keys].</param>
    public AttentionBias(KernelContext context, AttentionSizes sizes, int mask)
    {
        _sizes = sizes;
        _isCausal = context.Attributes.Int("is_causal", 0) != 0;
        Cap = context.Attributes.Float("softcap", 0);
        if (context.Has(mask))
        {
            _allowed = context.ElementOf(mask) == ElementType.Bool ? context.Input<bool>(mask) : default;
            _added = context.ElementOf(mask) == ElementType.Bool ? default : context.Input<T>(mask);
            SetStrides(context, context.InputShape(mask));
        }
    }

    /// <summary>The scores are limited to ± this; 0 for no limit.</summary>
    public float Cap { get; }

    /// <summary>How many keys a query may look at, counted from the first.</summary>
    public int KeysOf(int query) => _isCausal ? Math.Min(_sizes.Keys, _sizes.Past + query + 1) : _sizes.Keys;

    /// <summary>The soft limit, in place.</summary>
    public void Limit(Span<T> scores)
    {
        if (!(Cap > 0))
        {
            return;
        }

        T cap = T.CreateTruncating(Cap);
        if (typeof(T) == typeof(float))
        {
            var floats = MemoryMarshal.Cast<T, float>(scores);
            ElementWise.Map<DivideKernel>(floats, Cap, floats);
            ElementWise.Map<TanhKernel>(floats, floats);
            ElementWise.Map<MultiplyKernel>(floats, Cap, floats);
            return;
        }

        foreach (ref T score in scores)
        {
            score = cap * T.CreateTruncating(DoubleMath.Tanh(double.CreateTruncating(score / cap)));
        }
    }

    /// <summary>The mask for the scores of one query from a first key on, in place.</summary>
    public void Mask(int sample, int head, int query, int firstKey, Span<T> scores)
    {
        int start = (sample * _strides[0]) + (head * _strides[1]) + (query * _strides[2]) + (firstKey * _strides[3]);
        for (int key = 0; key < scores.Length && _added.Length > 0; key++)
        {
            scores[key] += _added[start + (key * _strides[3])];
        }

        for (int key = 0; key < scores.Length && _allowed.Length > 0; key++)
        {
            scores[key] = _allowed[start + (key * _strides[3])] ? scores[key] : T.NegativeInfinity;
        }

        int seen = KeysOf(query) - firstKey;
        if (seen < scores.Length)
        {
            scores[Math.Max(0, seen)..].Fill(T.NegativeInfinity);
        }
    }

    private void SetStrides(KernelContext context, Shape shape)
    {
        int[] full = [_sizes.Batch, _sizes.QueryHeads, _sizes.Queries, _sizes.Keys];
        int[] own = StridedCopy.Strides(shape);
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int place = axis + 4 - shape.Rank;
            if (place < 0 || (shape[axis] != 1 && shape[axis] != full[place]))
            {
                throw context.Error($"its mask is {shape}; a shape that broadcasts to {new Shape(full)} was expected.");
            }

            _strides[place] = shape[axis] == 1 ? 0 : own[axis];
        }
    }
}
