using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradients of an attention in float, block of queries against block of keys: a first sweep over the keys finds each query's largest score and sum, a
/// second computes the weights again and what follows from them. One task is all query heads of one key head, so that every sum has one fixed order.
/// </summary>
internal sealed class AttentionGradientKernel
{
    private readonly AttentionSizes _sizes;
    private readonly AttentionBias<float> _bias;
    private readonly AttentionLane[] _lanes;
    private readonly TaskPool _pool;
    private readonly Buffer<float> _q, _k, _v, _y, _dY, _dQ, _dK, _dV, _dMask;
    private readonly float _scale;

    public AttentionGradientKernel(KernelContext context, AttentionSizes sizes)
    {
        _sizes = sizes;
        _bias = new AttentionBias<float>(context, sizes, 6);
        (_q, _k, _v) = (context.Input<float>(0), context.Input<float>(1), context.Input<float>(2));
        (_y, _dY, _dQ) = (context.Input<float>(4), context.Input<float>(5), context.Output<float>());
        _dK = context.HasOutput(1) ? context.Output<float>(1) : context.Scratch<float>(_k.Length);
        _dV = context.HasOutput(2) ? context.Output<float>(2) : context.Scratch<float>(_v.Length);
        _dMask = context.HasOutput(3) ? context.Output<float>(3) : default;
        _scale = (float)sizes.Scale(context.Attributes);
        _pool = context.Pool;
        int lanes = Math.Max(1, Math.Min(_pool.Threads, sizes.Batch * sizes.KeyHeads));
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new AttentionLane(context, sizes, isBackward: true))];
    }

    public void Run()
    {
        _dK.Span.Clear();
        _dV.Span.Clear();
        _dMask.Span.Clear();
        _pool.Run(_lanes.Length, this, static (kernel, lane) => kernel.Run(lane));
    }

    private void Run(int lane)
    {
        for (int shared = lane; shared < _sizes.Batch * _sizes.KeyHeads; shared += _lanes.Length)
        {
            for (int plane = shared * _sizes.Group; plane < (shared + 1) * _sizes.Group; plane++)
            {
                for (int first = 0; first < _sizes.Queries; first += AttentionLane.QueryBlock)
                {
                    Block(_lanes[lane], plane, shared * _sizes.Keys, first, Math.Min(AttentionLane.QueryBlock, _sizes.Queries - first));
                }
            }
        }
    }

    private void Block(AttentionLane lane, int plane, int shared, int first, int rows)
    {
        int row = (plane * _sizes.Queries) + first;
        lane.Load(_q.Span.Slice(row * _sizes.Width, rows * _sizes.Width), _scale);
        int end = _bias.KeysOf(first + rows - 1);
        for (int key = 0; key < end; key += AttentionLane.KeyBlock)
        {
            int keys = Score(lane, plane, shared, first, rows, key);
            for (int i = 0; i < rows; i++)
            {
                lane.Weigh(i, lane.Scores.Span.Slice(i * keys, keys));
            }
        }

        var total = lane.Total.Span[..(rows * _sizes.Width)];
        total.Clear();
        for (int i = 0; i < rows; i++)
        {
            int at = (row + i) * _sizes.ValueWidth;
            lane.Deltas[i] = Reductions.Dot(_y.Span.Slice(at, _sizes.ValueWidth), _dY.Span.Slice(at, _sizes.ValueWidth));
        }

        for (int key = 0; key < end; key += AttentionLane.KeyBlock)
        {
            int keys = Score(lane, plane, shared, first, rows, key);
            Values(lane, shared + key, row, rows, keys);
            Slopes(lane, row, rows, key, keys);
            Products(lane, shared + key, rows, keys, total);
        }

        ElementWise.Map<MultiplyKernel>(total, _scale, _dQ.Span.Slice(row * _sizes.Width, rows * _sizes.Width));
    }

    private int Score(AttentionLane lane, int plane, int shared, int first, int rows, int key)
    {
        (int sample, int head) = Math.DivRem(plane, _sizes.QueryHeads);
        int keys = Math.Min(AttentionLane.KeyBlock, _sizes.Keys - key);
        lane.Score(_bias, _k.Span.Slice((shared + key) * _sizes.Width, keys * _sizes.Width), sample, head, first, rows, key, keepsLimited: _bias.Cap > 0);
        return keys;
    }

    /// <summary>Scores become weights; the values get their gradient, and the weights theirs.</summary>
    private void Values(AttentionLane lane, int firstKey, int firstRow, int rows, int keys)
    {
        for (int i = 0; i < rows; i++)
        {
            var weights = lane.Scores.Span.Slice(i * keys, keys);
            if (lane.Sums[i] == 0)
            {
                weights.Clear();
                continue;
            }

            ElementWise.Map<SubtractKernel>(weights, lane.Largest[i], weights);
            ElementWise.Map<ExpKernel>(weights, weights);
            ElementWise.Map<DivideKernel>(weights, lane.Sums[i], weights);
        }

        int width = _sizes.ValueWidth;
        var dy = _dY.Span.Slice(firstRow * width, rows * width);
        lane.Multiply(rows, keys, width, false, true, dy, _v.Span.Slice(firstKey * width, keys * width), lane.Slopes.Span);
        Add(lane, keys, width, rows, lane.Scores.Span, dy, _dV.Span.Slice(firstKey * width, keys * width));
    }

    /// <summary>From the gradient of the weights to that of the scores, over the mask and the soft limit.</summary>
    private void Slopes(AttentionLane lane, int firstRow, int rows, int firstKey, int keys)
    {
        for (int i = 0; i < rows; i++)
        {
            var slopes = lane.Slopes.Span.Slice(i * keys, keys);
            ElementWise.Map<SubtractKernel>(slopes, lane.Deltas[i], slopes);
            ElementWise.Map<MultiplyKernel>(slopes, lane.Scores.Span.Slice(i * keys, keys), slopes);
            if (_dMask.Length > 0)
            {
                slopes.CopyTo(_dMask.Span[(((firstRow + i) * _sizes.Keys) + firstKey)..]);
            }
        }

        if (_bias.Cap > 0)
        {
            var limited = lane.Limited.Span[..(rows * keys)];
            for (int i = 0; i < limited.Length; i++)
            {
                float ratio = limited[i] / _bias.Cap;
                lane.Slopes[i] *= 1 - (ratio * ratio);
            }
        }
    }

    private void Products(AttentionLane lane, int firstKey, int rows, int keys, Span<float> total)
    {
        int width = _sizes.Width;
        var part = lane.Part.Span[..(rows * width)];
        lane.Multiply(rows, width, keys, false, false, lane.Slopes.Span[..(rows * keys)], _k.Span.Slice(firstKey * width, keys * width), part);
        ElementWise.Map<AddKernel>(total, part, total);
        Add(lane, keys, width, rows, lane.Slopes.Span, lane.Queries.Span[..(rows * width)], _dK.Span.Slice(firstKey * width, keys * width));
    }

    /// <summary>Adds the product of a transposed block [rows, keys] with [rows, width] to rows of keys.</summary>
    private static void Add(AttentionLane lane, int keys, int width, int rows, ReadOnlySpan<float> block, ReadOnlySpan<float> right, Span<float> sum)
    {
        var part = lane.Part.Span[..(keys * width)];
        lane.Multiply(keys, width, rows, true, false, block[..(rows * keys)], right, part);
        ElementWise.Map<AddKernel>(sum, part, sum);
    }
}
