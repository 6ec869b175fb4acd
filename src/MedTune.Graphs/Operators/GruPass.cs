using System.Numerics;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>
/// GRU over buffers; the gates lie in ONNX's order: update, reset, candidate. The reset gate meets the state before the candidate's product, or with
/// linear_before_reset the product itself.
/// </summary>
internal sealed class GruPass<T> : RecurrentPass<T>
    where T : unmanaged, INumber<T>
{
    private readonly Buffer<T> _parts, _candidates, _states, _mixed, _columns;
    private readonly Multiplication<T> _toGates, _toCandidate, _gatesBack, _candidateBack, _gateWeights, _candidateWeights;
    private readonly RecurrentActivation<T>[] _activations;
    private readonly bool _isLinearFirst;

    public GruPass(KernelContext context, bool isForward)
        : base(context, 3, isForward ? 2 : 0)
    {
        int hidden = Sizes.Hidden;
        (_parts, _candidates, _states) = (Scratch(Sizes.Batch, 2 * hidden), Scratch(Sizes.Batch, hidden), Scratch(Sizes.Batch, hidden));
        (_mixed, _columns) = (Scratch(Sizes.Rows, hidden), Scratch(Sizes.Rows, 2 * hidden));
        _toGates = Product(Sizes.Batch, 2 * hidden, hidden, false, true);
        _toCandidate = Product(Sizes.Batch, hidden, hidden, false, true);
        _gatesBack = Product(Sizes.Batch, hidden, 2 * hidden, false, false);
        _candidateBack = Product(Sizes.Batch, hidden, hidden, false, false);
        _gateWeights = Product(2 * hidden, hidden, Sizes.Rows, true, false);
        _candidateWeights = Product(hidden, hidden, Sizes.Rows, true, false);
        _activations = RecurrentActivation<T>.Of(context, Sizes.Directions, "Sigmoid", "Tanh");
        _isLinearFirst = context.Attributes.Int("linear_before_reset", 0) != 0;
    }

    private ReadOnlySpan<T> GateWeights => R[..(2 * Sizes.Hidden * Sizes.Hidden)];

    private ReadOnlySpan<T> CandidateWeights => R[(2 * Sizes.Hidden * Sizes.Hidden)..];

    private ReadOnlySpan<T> CandidateBias => B.IsEmpty ? [] : B[(5 * Sizes.Hidden)..];

    /// <summary>Activation 0 is that of the gates, 1 of the candidate.</summary>
    private RecurrentActivation<T> Activation(int which) => _activations[(2 * Direction) + which];

    protected override void SumBiases(Span<T> sum)
    {
        base.SumBiases(sum);
        if (_isLinearFirst && !B.IsEmpty)
        {
            B.Slice(2 * Sizes.Hidden, Sizes.Hidden).CopyTo(sum[(2 * Sizes.Hidden)..]);
        }
    }

    protected override void Step(int step)
    {
        _toGates(H.Span, GateWeights, _parts.Span);
        H.Span.CopyTo(_states.Span);
        for (int sample = 0; sample < Sizes.Batch; sample++)
        {
            if (IsActive(step, sample, out int row))
            {
                Row(H, sample).CopyTo(Row(HBefore, row));
                RecurrentProducts.Add(_parts.Span.Slice(2 * sample * Sizes.Hidden, 2 * Sizes.Hidden), Gate(row, 0, 2));
                Activation(0).Apply(Gate(row, 0, 2));
                Mix(row, sample);
            }
        }

        _toCandidate(_states.Span, CandidateWeights, _candidates.Span);
        for (int sample = 0; sample < Sizes.Batch; sample++)
        {
            if (IsActive(step, sample, out int row))
            {
                Candidate(row, sample);
                StoreOutput(row, sample);
            }
        }
    }

    protected override void StepBack(RecurrentGradients<T> gradients, int step)
    {
        _parts.Span.Clear();
        _states.Span.Clear();
        for (int sample = 0; sample < Sizes.Batch; sample++)
        {
            if (IsActive(step, sample, out int row))
            {
                CandidateBackward(row, sample, gradients.Output(OutputRow(row, sample)));
            }
            else
            {
                Gate(row, 0, 3).Clear();
                Row(_mixed, row).Clear();
            }
        }

        _candidateBack(_states.Span, CandidateWeights, _candidates.Span);
        for (int sample = 0; sample < Sizes.Batch; sample++)
        {
            if (IsActive(step, sample, out int row))
            {
                ResetBackward(row, sample);
            }
        }

        _gatesBack(_parts.Span, GateWeights, H.Span);
        RecurrentProducts.Add(H.Span, DH.Span);
    }

    protected override void FinishBack(RecurrentGradients<T> gradients)
    {
        int hidden = Sizes.Hidden;
        gradients.Bias(Direction, 0, 3, G.Span);
        gradients.Bias(Direction, 3, 3, G.Span);
        RecurrentProducts.Columns(G.Span, 3 * hidden, 0, 2 * hidden, _columns);
        gradients.Recurrent(Direction, 0, 2, _gateWeights, _columns.Span, HBefore.Span);
        if (_isLinearFirst)
        {
            // What is kept per row is the gradient of the candidate's product by now.
            gradients.Bias(Direction, 5, 1, _mixed.Span);
            gradients.Recurrent(Direction, 2, 1, _candidateWeights, _mixed.Span, HBefore.Span);
        }
        else
        {
            RecurrentProducts.Columns(G.Span, 3 * hidden, 2 * hidden, hidden, _columns);
            gradients.Recurrent(Direction, 2, 1, _candidateWeights, _columns.Span[..(Sizes.Rows * hidden)], _mixed.Span);
        }
    }

    /// <summary>The state that the candidate's product takes.</summary>
    private void Mix(int row, int sample)
    {
        if (!_isLinearFirst)
        {
            var r = Gate(row, 1);
            var h = Row(H, sample);
            var state = Row(_states, sample);
            for (int j = 0; j < state.Length; j++)
            {
                state[j] = r[j] * h[j];
            }

            state.CopyTo(Row(_mixed, row));
        }
    }

    private void Candidate(int row, int sample)
    {
        var z = Gate(row, 0);
        var r = Gate(row, 1);
        var g = Gate(row, 2);
        var h = Row(H, sample);
        var product = Row(_candidates, sample);
        var kept = Row(_mixed, row);
        var bias = CandidateBias;
        for (int j = 0; j < g.Length; j++)
        {
            if (_isLinearFirst)
            {
                kept[j] = product[j] + (bias.IsEmpty ? T.Zero : bias[j]);
                g[j] += r[j] * kept[j];
            }
            else
            {
                g[j] += product[j];
            }
        }

        Activation(1).Apply(g);
        for (int j = 0; j < g.Length; j++)
        {
            h[j] = ((T.One - z[j]) * g[j]) + (z[j] * h[j]);
        }
    }

    /// <summary>From the state to candidate and update gate; what is left of the state's gradient is its direct part.</summary>
    private void CandidateBackward(int row, int sample, ReadOnlySpan<T> arrived)
    {
        var z = Gate(row, 0);
        var r = Gate(row, 1);
        var g = Gate(row, 2);
        var dh = Row(DH, sample);
        var before = Row(HBefore, row);
        var kept = Row(_mixed, row);
        var state = Row(_states, sample);
        for (int j = 0; j < g.Length; j++)
        {
            T total = dh[j] + (arrived.IsEmpty ? T.Zero : arrived[j]);
            T toCandidate = total * (T.One - z[j]) * Activation(1).Slope(g[j]);
            T toUpdate = total * (before[j] - g[j]) * Activation(0).Slope(z[j]);
            dh[j] = total * z[j];
            (z[j], g[j]) = (toUpdate, toCandidate);
            state[j] = toCandidate;
            if (_isLinearFirst)
            {
                state[j] = toCandidate * r[j];
                r[j] = toCandidate * kept[j] * Activation(0).Slope(r[j]);
                kept[j] = state[j];
            }
        }
    }

    /// <summary>From the candidate's product to the state and the reset gate.</summary>
    private void ResetBackward(int row, int sample)
    {
        var r = Gate(row, 1);
        var dh = Row(DH, sample);
        var back = Row(_candidates, sample);
        var before = Row(HBefore, row);
        for (int j = 0; j < dh.Length; j++)
        {
            dh[j] += _isLinearFirst ? back[j] : back[j] * r[j];
            r[j] = _isLinearFirst ? r[j] : back[j] * before[j] * Activation(0).Slope(r[j]);
        }

        Gate(row, 0, 2).CopyTo(_parts.Span[(2 * sample * Sizes.Hidden)..]);
    }
}
