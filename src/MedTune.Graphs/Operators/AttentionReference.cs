using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Attention query by query with sums in double: the reference, and in float for a node that asks for the matrix of scores itself (output 3, which
/// shows it as qk_matmul_output_mode says: 0 scaled, 1 limited, 2 masked, 3 as weights).
/// </summary>
internal sealed class AttentionReference<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AttentionSizes _sizes;
    private readonly AttentionOperands<T> _operands;
    private readonly AttentionBias<T> _bias;
    private readonly Buffer<T> _shown;
    private readonly Buffer<T> _scores;
    private readonly double _scale;
    private readonly long _mode;

    public AttentionReference(KernelContext context, AttentionSizes sizes)
    {
        _sizes = sizes;
        _operands = new AttentionOperands<T>(context, sizes);
        _bias = new AttentionBias<T>(context, sizes, 3);
        _shown = context.HasOutput(3) ? context.Output<T>(3) : default;
        _scores = context.Scratch<T>(sizes.Keys);
        _scale = sizes.Scale(context.Attributes);
        _mode = context.Attributes.Int("qk_matmul_output_mode", 0);
    }

    public void Run()
    {
        _operands.Gather();
        for (int row = 0; row < _sizes.Batch * _sizes.QueryHeads * _sizes.Queries; row++)
        {
            (int plane, int query) = Math.DivRem(row, _sizes.Queries);
            (int sample, int head) = Math.DivRem(plane, _sizes.QueryHeads);
            int shared = ((sample * _sizes.KeyHeads) + (head / _sizes.Group)) * _sizes.Keys;
            var scores = _scores.Span;
            Score(_operands.Q.Span.Slice(row * _sizes.Width, _sizes.Width), _operands.K.Span[(shared * _sizes.Width)..], _scale, scores);
            Show(0, row, scores);
            _bias.Limit(scores);
            Show(1, row, scores);
            _bias.Mask(sample, head, query, 0, scores);
            Show(2, row, scores);
            Weigh(scores);
            Show(3, row, scores);
            Mix(scores, _operands.V.Span[(shared * _sizes.ValueWidth)..], _operands.Result(sample, head, query));
        }
    }

    /// <summary>The scaled products of a query with all keys.</summary>
    public static void Score(ReadOnlySpan<T> query, ReadOnlySpan<T> keys, double scale, Span<T> scores)
    {
        for (int key = 0; key < scores.Length; key++)
        {
            double sum = 0;
            for (int i = 0; i < query.Length; i++)
            {
                sum += double.CreateTruncating(query[i]) * double.CreateTruncating(keys[(key * query.Length) + i]);
            }

            scores[key] = T.CreateTruncating(sum * scale);
        }
    }

    /// <summary>The softmax; all 0 where nothing may be looked at.</summary>
    public static void Weigh(Span<T> scores)
    {
        T largest = T.NegativeInfinity;
        foreach (T score in scores)
        {
            largest = T.Max(largest, score);
        }

        double sum = 0;
        foreach (ref T score in scores)
        {
            score = T.IsNegativeInfinity(largest) ? T.Zero : T.CreateTruncating(DoubleMath.Exp(double.CreateTruncating(score) - double.CreateTruncating(largest)));
            sum += double.CreateTruncating(score);
        }

        foreach (ref T score in scores)
        {
            score = sum == 0 ? score : T.CreateTruncating(double.CreateTruncating(score) / sum);
        }
    }

    private static void Mix(ReadOnlySpan<T> weights, ReadOnlySpan<T> values, Span<T> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            double sum = 0;
            for (int key = 0; key < weights.Length; key++)
            {
                sum += double.CreateTruncating(weights[key]) * double.CreateTruncating(values[(key * result.Length) + i]);
            }

            result[i] = T.CreateTruncating(sum);
        }
    }

    private void Show(int mode, int row, ReadOnlySpan<T> scores)
    {
        if (_shown.Length > 0 && mode == _mode)
        {
            scores.CopyTo(_shown.Span[(row * _sizes.Keys)..]);
        }
    }
}
