using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What one worker needs for the heads of a <see cref="HeadAttention"/>: memory for scores, and for packing.</summary>
internal sealed class HeadWorker
{
    private readonly MatrixWorkspace _workspace = new();
    private readonly HeadSizes _sizes;
    private readonly HeadMask _mask;

    public HeadWorker(KernelContext context, HeadSizes sizes, HeadMask mask, bool isBackward)
    {
        (_sizes, _mask) = (sizes, mask);
        int rows = Math.Min(sizes.Block, sizes.Queries);
        Weights = context.Scratch<float>(rows * sizes.KeyStep);
        Slopes = isBackward ? context.Scratch<float>(rows * sizes.KeyStep) : default;
        (int keys, int width, int deep) = (sizes.Keys, sizes.Width, sizes.ValueWidth);
        ReadOnlySpan<(int M, int N, int K)> products = [(rows, keys, width), (rows, deep, keys), (rows, keys, deep), (keys, deep, rows), (rows, width, keys), (keys, width, rows)];
        foreach (var (m, n, k) in products[..(isBackward ? 6 : 2)])
        {
            _workspace.Reserve(m, n, k);
        }
    }

    /// <summary>The weights of a block of queries, one row each, <see cref="HeadSizes.KeyStep"/> apart and filled up with zeros.</summary>
    public Buffer<float> Weights { get; }

    /// <summary>The gradients of the weights, then of the scores, in the same form.</summary>
    public Buffer<float> Slopes { get; }

    /// <summary>Computes the weights of some queries: softmax(q kᵀ · scale + mask).</summary>
    public void Weigh(int plane, int first, int rows, ReadOnlySpan<float> q, ReadOnlySpan<float> k)
    {
        (int heads, int keys, int step) = (_sizes.Heads, _sizes.Keys, _sizes.KeyStep);
        Multiply(rows, keys, _sizes.Width, q[_sizes.Q.Of(plane, heads, first)..], _sizes.Q.Row, false, k[_sizes.K.Of(plane, heads, 0)..], _sizes.K.Row, true, Weights.Span, step);
        var all = Weights.Span[..(rows * step)];
        if (_sizes.Scale != 1)
        {
            ElementWise.Map<MultiplyKernel>(all, _sizes.Scale, all);
        }

        for (int row = 0; _mask.IsThere && row < rows; row++)
        {
            _mask.Add(plane, first + row, all.Slice(row * step, keys));
        }

        RowSoftmax.Apply(all, step, keys);
    }

    /// <summary>From the gradients of the weights to those of the scores before they were scaled.</summary>
    public void Slope(int rows)
    {
        int step = _sizes.KeyStep;
        for (int start = 0; start < rows * step; start += step)
        {
            var slopes = Slopes.Span.Slice(start, step);
            var weights = Weights.Span.Slice(start, step);
            slopes[_sizes.Keys..].Clear();
            ElementWise.Map<SubtractKernel>(slopes, Reductions.Dot(slopes, weights), slopes);
            ElementWise.Map<MultiplyKernel>(slopes, weights, slopes);
            if (_sizes.Scale != 1)
            {
                ElementWise.Map<MultiplyKernel>(slopes, _sizes.Scale, slopes);
            }
        }
    }

    /// <summary>c [m, n] = op(a) op(b), on the caller's thread, over rows that lie apart.</summary>
    public void Multiply(
        int m, int n, int k, ReadOnlySpan<float> a, int lda, bool transposeA, ReadOnlySpan<float> b, int ldb, bool transposeB, Span<float> c, int ldc, bool accumulate = false) =>
        MatrixProduct.Multiply(m, n, k, a, Step(lda, transposeA ? m : k), transposeA, b, Step(ldb, transposeB ? k : n), transposeB, c, Step(ldc, n), _workspace, TaskPool.Sequential, accumulate);

    /// <summary>A single row has no step to the next.</summary>
    private static int Step(int step, int columns) => Math.Max(step, columns);
}
