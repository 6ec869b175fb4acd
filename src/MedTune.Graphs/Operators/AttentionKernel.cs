using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Attention in float without the matrix of all scores: a block of queries meets block after block of keys, with a running maximum and sum (Milakov and
/// Gimelshein 2018; Dao and others 2022). The blocks have fixed sizes and order, so the bits do not depend on who computes which.
/// </summary>
internal sealed class AttentionKernel
{
    private readonly AttentionSizes _sizes;
    private readonly AttentionOperands<float> _operands;
    private readonly AttentionBias<float> _bias;
    private readonly AttentionLane[] _lanes;
    private readonly TaskPool _pool;
    private readonly float _scale;
    private readonly int _blocks;

    public AttentionKernel(KernelContext context, AttentionSizes sizes)
    {
        _sizes = sizes;
        _operands = new AttentionOperands<float>(context, sizes);
        _bias = new AttentionBias<float>(context, sizes, 3);
        _scale = (float)sizes.Scale(context.Attributes);
        _blocks = (sizes.Queries + AttentionLane.QueryBlock - 1) / AttentionLane.QueryBlock;
        _pool = context.Pool;
        int lanes = Math.Max(1, Math.Min(_pool.Threads, sizes.Batch * sizes.QueryHeads * _blocks));
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new AttentionLane(context, sizes, isBackward: false))];
    }

    public void Run()
    {
        _operands.Gather();
        _pool.Run(_lanes.Length, this, static (kernel, lane) => kernel.Run(lane));
    }

    private void Run(int lane)
    {
        for (int item = lane; item < _sizes.Batch * _sizes.QueryHeads * _blocks; item += _lanes.Length)
        {
            (int plane, int block) = Math.DivRem(item, _blocks);
            Block(_lanes[lane], plane, block * AttentionLane.QueryBlock);
        }
    }

    private void Block(AttentionLane lane, int plane, int first)
    {
        (int sample, int head) = Math.DivRem(plane, _sizes.QueryHeads);
        int rows = Math.Min(AttentionLane.QueryBlock, _sizes.Queries - first);
        int width = _sizes.ValueWidth;
        lane.Load(_operands.Q.Span.Slice(((plane * _sizes.Queries) + first) * _sizes.Width, rows * _sizes.Width), _scale);
        var total = lane.Total.Span[..(rows * width)];
        total.Clear();
        int shared = ((sample * _sizes.KeyHeads) + (head / _sizes.Group)) * _sizes.Keys;
        int end = _bias.KeysOf(first + rows - 1);
        for (int key = 0; key < end; key += AttentionLane.KeyBlock)
        {
            int keys = Math.Min(AttentionLane.KeyBlock, _sizes.Keys - key);
            lane.Score(_bias, _operands.K.Span.Slice((shared + key) * _sizes.Width, keys * _sizes.Width), sample, head, first, rows, key);
            for (int row = 0; row < rows; row++)
            {
                float factor = lane.Weigh(row, lane.Scores.Span.Slice(row * keys, keys));
                var sum = total.Slice(row * width, width);
                ElementWise.Map<MultiplyKernel>(sum, factor, sum);
            }

            var part = lane.Part.Span[..(rows * width)];
            lane.Multiply(rows, width, keys, false, false, lane.Scores.Span[..(rows * keys)], _operands.V.Span.Slice((shared + key) * width, keys * width), part);
            ElementWise.Map<AddKernel>(total, part, total);
        }

        for (int row = 0; row < rows; row++)
        {
            var result = _operands.Result(sample, head, first + row);
            total.Slice(row * width, width).CopyTo(result);
            if (lane.Sums[row] != 0)
            {
                ElementWise.Map<DivideKernel>(result, lane.Sums[row], result);
            }
        }
    }
}
