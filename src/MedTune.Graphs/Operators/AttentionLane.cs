using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What one worker needs for blocks of queries against blocks of keys: products for full and last blocks, and its own memory.</summary>
internal sealed class AttentionLane
{
    /// <summary>Queries of a block.</summary>
    public const int QueryBlock = 64;

    /// <summary>Keys of a block.</summary>
    public const int KeyBlock = 256;

    private readonly AttentionSizes _sizes;
    private readonly MatrixWorkspace _workspace = new();
    private readonly Dictionary<(int M, int N, int K, bool TransposeA, bool TransposeB), FloatProduct> _products = [];

    public AttentionLane(KernelContext context, AttentionSizes sizes, bool isBackward)
    {
        _sizes = sizes;
        int rows = Math.Min(QueryBlock, sizes.Queries);
        int keys = Math.Min(KeyBlock, sizes.Keys);
        int wide = Math.Max(sizes.Width, sizes.ValueWidth);
        Queries = context.Scratch<float>(rows * sizes.Width);
        Scores = context.Scratch<float>(rows * keys);
        Part = context.Scratch<float>(Math.Max(rows, keys) * wide);
        Total = context.Scratch<float>(rows * wide);
        (Largest, Sums, Deltas) = (context.Scratch<float>(rows), context.Scratch<float>(rows), context.Scratch<float>(rows));
        Limited = isBackward ? context.Scratch<float>(rows * keys) : default;
        Slopes = isBackward ? context.Scratch<float>(rows * keys) : default;
        foreach (int m in Blocks(sizes.Queries, QueryBlock))
        {
            foreach (int n in Blocks(sizes.Keys, KeyBlock))
            {
                Prepare(m, n, sizes.Width, false, true);
                Prepare(m, sizes.ValueWidth, n, false, false);
                if (isBackward)
                {
                    Prepare(m, n, sizes.ValueWidth, false, true);
                    Prepare(n, sizes.ValueWidth, m, true, false);
                    Prepare(m, sizes.Width, n, false, false);
                    Prepare(n, sizes.Width, m, true, false);
                }
            }
        }
    }

    /// <summary>The queries of the block, scaled.</summary>
    public Buffer<float> Queries { get; }

    /// <summary>The scores of a block of keys, then their weights.</summary>
    public Buffer<float> Scores { get; }

    /// <summary>A product on its way into a total.</summary>
    public Buffer<float> Part { get; }

    /// <summary>The weighted sum of values, or the gradient of the queries.</summary>
    public Buffer<float> Total { get; }

    /// <summary>The largest score of each query so far.</summary>
    public Buffer<float> Largest { get; }

    /// <summary>The sum of each query's weights, relative to its largest score.</summary>
    public Buffer<float> Sums { get; }

    /// <summary>Each query's result times its gradient.</summary>
    public Buffer<float> Deltas { get; }

    /// <summary>The scores after the soft limit, before the mask.</summary>
    public Buffer<float> Limited { get; }

    /// <summary>The gradient of the weights, then of the scores.</summary>
    public Buffer<float> Slopes { get; }

    /// <summary>c = a · b, with sizes that were prepared.</summary>
    public void Multiply(int m, int n, int k, bool transposeA, bool transposeB, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c) =>
        _products[(m, n, k, transposeA, transposeB)].Run(a, b, c[..(m * n)]);

    /// <summary>Loads a block of queries, scaled.</summary>
    public void Load(ReadOnlySpan<float> queries, float scale)
    {
        ElementWise.Map<MultiplyKernel>(queries, scale, Queries.Span[..queries.Length]);
        Largest.Span.Fill(float.NegativeInfinity);
        Sums.Span.Clear();
    }

    /// <summary>The scores of the loaded queries against a block of keys, masked; with the limited ones kept when asked to.</summary>
    public void Score(AttentionBias<float> bias, ReadOnlySpan<float> keys, int sample, int head, int firstQuery, int rows, int firstKey, bool keepsLimited = false)
    {
        int count = keys.Length / Math.Max(1, _sizes.Width);
        Multiply(rows, count, _sizes.Width, false, true, Queries.Span[..(rows * _sizes.Width)], keys, Scores.Span);
        bias.Limit(Scores.Span[..(rows * count)]);
        if (keepsLimited)
        {
            Scores.Span[..(rows * count)].CopyTo(Limited.Span);
        }

        for (int row = 0; row < rows; row++)
        {
            bias.Mask(sample, head, firstQuery + row, firstKey, Scores.Span.Slice(row * count, count));
        }
    }

    /// <summary>Turns a query's scores into weights relative to its largest score so far, and says by what earlier sums are to be multiplied.</summary>
    public float Weigh(int row, Span<float> scores)
    {
        float largest = Math.Max(Largest[row], Reductions.Maximum(scores));
        if (float.IsNegativeInfinity(largest))
        {
            scores.Clear();
            return 1;
        }

        float factor = FloatMath.Exp(Largest[row] - largest);
        ElementWise.Map<SubtractKernel>(scores, largest, scores);
        ElementWise.Map<ExpKernel>(scores, scores);
        Sums[row] = (Sums[row] * factor) + Reductions.Sum(scores);
        Largest[row] = largest;
        return factor;
    }

    /// <summary>The lengths of blocks there are: full ones, and a last one.</summary>
    private static IEnumerable<int> Blocks(int length, int block) =>
        new[] { Math.Min(length, block), length % block }.Where(extent => extent > 0).Distinct();

    private void Prepare(int m, int n, int k, bool transposeA, bool transposeB) =>
        _products.TryAdd((m, n, k, transposeA, transposeB), FloatProduct.Alone(m, n, k, transposeA, transposeB, _workspace));
}
