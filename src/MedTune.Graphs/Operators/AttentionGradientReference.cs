using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>The gradients of an attention query by query, in double: the reference.</summary>
internal sealed class AttentionGradientReference
{
    private readonly AttentionSizes _sizes;
    private readonly AttentionBias<double> _bias;
    private readonly Buffer<double> _q, _k, _v, _dY, _dQ, _dK, _dV, _dMask;
    private readonly Buffer<double> _weights, _limited, _slopes;
    private readonly double _scale;

    public AttentionGradientReference(KernelContext context, AttentionSizes sizes)
    {
        _sizes = sizes;
        _bias = new AttentionBias<double>(context, sizes, 6);
        (_q, _k, _v, _dY) = (context.Input<double>(0), context.Input<double>(1), context.Input<double>(2), context.Input<double>(5));
        _dQ = context.Output<double>();
        _dK = context.HasOutput(1) ? context.Output<double>(1) : context.Scratch<double>(_k.Length);
        _dV = context.HasOutput(2) ? context.Output<double>(2) : context.Scratch<double>(_v.Length);
        _dMask = context.HasOutput(3) ? context.Output<double>(3) : default;
        (_weights, _limited, _slopes) = (context.Scratch<double>(sizes.Keys), context.Scratch<double>(sizes.Keys), context.Scratch<double>(sizes.Keys));
        _scale = sizes.Scale(context.Attributes);
    }

    public void Run()
    {
        _dQ.Span.Clear();
        _dK.Span.Clear();
        _dV.Span.Clear();
        for (int row = 0; row < _sizes.Batch * _sizes.QueryHeads * _sizes.Queries; row++)
        {
            (int plane, int query) = Math.DivRem(row, _sizes.Queries);
            (int sample, int head) = Math.DivRem(plane, _sizes.QueryHeads);
            int shared = ((sample * _sizes.KeyHeads) + (head / _sizes.Group)) * _sizes.Keys;
            var weights = _weights.Span;
            AttentionReference<double>.Score(_q.Span.Slice(row * _sizes.Width, _sizes.Width), _k.Span[(shared * _sizes.Width)..], _scale, weights);
            _bias.Limit(weights);
            weights.CopyTo(_limited.Span);
            _bias.Mask(sample, head, query, 0, weights);
            AttentionReference<double>.Weigh(weights);
            Values(row, shared);
            Scores(row, shared);
        }
    }

    /// <summary>From the result to the values and the weights, and on to the masked scores.</summary>
    private void Values(int row, int shared)
    {
        int width = _sizes.ValueWidth;
        double sum = 0;
        for (int key = 0; key < _sizes.Keys; key++)
        {
            double slope = 0;
            for (int i = 0; i < width; i++)
            {
                double dy = _dY[(row * width) + i];
                slope += dy * _v[((shared + key) * width) + i];
                _dV[((shared + key) * width) + i] += _weights[key] * dy;
            }

            _slopes[key] = slope;
            sum += slope * _weights[key];
        }

        for (int key = 0; key < _sizes.Keys; key++)
        {
            _slopes[key] = _weights[key] * (_slopes[key] - sum);
            if (_dMask.Length > 0)
            {
                _dMask[(row * _sizes.Keys) + key] = _slopes[key];
            }
        }
    }

    private void Scores(int row, int shared)
    {
        int width = _sizes.Width;
        for (int key = 0; key < _sizes.Keys; key++)
        {
            double ratio = _bias.Cap > 0 ? _limited[key] / _bias.Cap : 0;
            double slope = _slopes[key] * (1 - (ratio * ratio)) * _scale;
            for (int i = 0; i < width; i++)
            {
                _dQ[(row * width) + i] += slope * _k[((shared + key) * width) + i];
                _dK[((shared + key) * width) + i] += slope * _q[(row * width) + i];
            }
        }
    }
}
