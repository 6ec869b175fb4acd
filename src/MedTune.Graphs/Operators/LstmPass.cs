using System.Numerics;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>LSTM over buffers; the gates lie in ONNX's order: input, output, forget, candidate.</summary>
internal sealed class LstmPass<T> : RecurrentPass<T>
    where T : unmanaged, INumber<T>
{
    private const int Input = 0;
    private const int Out = 1;
    private const int Forget = 2;
    private const int Candidate = 3;

    private readonly Buffer<T> _c0, _p, _lastC, _c, _cBefore, _shown, _dC, _parts;
    private readonly Multiplication<T> _recurrent, _back, _toWeights;
    private readonly RecurrentActivation<T>[] _activations;
    private readonly bool _couplesForget;

    public LstmPass(KernelContext context, bool isForward)
        : base(context, 4, isForward ? 3 : 0)
    {
        (_c0, _p, _lastC) = (Optional(6), Optional(7), Output(2, isForward ? 3 : 0));
        int wide = 4 * Sizes.Hidden;
        (_c, _dC, _parts) = (Scratch(Sizes.Batch, Sizes.Hidden), Scratch(Sizes.Batch, Sizes.Hidden), Scratch(Sizes.Batch, wide));
        (_cBefore, _shown) = (Scratch(Sizes.Rows, Sizes.Hidden), Scratch(Sizes.Rows, Sizes.Hidden));
        _recurrent = Product(Sizes.Batch, wide, Sizes.Hidden, false, true);
        _back = Product(Sizes.Batch, Sizes.Hidden, wide, false, false);
        _toWeights = Product(wide, Sizes.Hidden, Sizes.Rows, true, false);
        _activations = RecurrentActivation<T>.Of(context, Sizes.Directions, "Sigmoid", "Tanh", "Tanh");
        _couplesForget = context.Attributes.Int("input_forget", 0) != 0;
    }

    /// <summary>Activation 0 is that of the gates, 1 of the candidate, 2 of the cell as it is shown.</summary>
    private RecurrentActivation<T> Activation(int which) => _activations[(3 * Direction) + which];

    protected override void Begin(int sample) => InitialState(_c0, sample, Row(_c, sample));

    protected override void Step(int step)
    {
        _recurrent(H.Span, R, _parts.Span);
        for (int sample = 0; sample < Sizes.Batch; sample++)
        {
            if (!IsActive(step, sample, out int row))
            {
                continue;
            }

            var c = Row(_c, sample);
            var h = Row(H, sample);
            h.CopyTo(Row(HBefore, row));
            c.CopyTo(Row(_cBefore, row));
            RecurrentProducts.Add(_parts.Span.Slice(4 * sample * Sizes.Hidden, 4 * Sizes.Hidden), Gate(row, 0, 4));
            Activate(row, c);
            var shown = Row(_shown, row);
            c.CopyTo(shown);
            Activation(2).Apply(shown);
            var o = Gate(row, Out);
            for (int j = 0; j < h.Length; j++)
            {
                h[j] = o[j] * shown[j];
            }

            StoreOutput(row, sample);
        }
    }

    protected override void StoreState(int sample)
    {
        base.StoreState(sample);
        if (_lastC.Length > 0)
        {
            Row(_c, sample).CopyTo(Row(_lastC, Sizes.StateRow(Direction, sample)));
        }
    }

    protected override void BeginBack(RecurrentGradients<T> gradients, int sample)
    {
        var dC = Row(_dC, sample);
        dC.Clear();
        gradients.LastCell(Direction, sample).CopyTo(dC);
        if (sample == 0)
        {
            gradients.Peepholes(Direction).Clear();
        }
    }

    protected override void StepBack(RecurrentGradients<T> gradients, int step)
    {
        int wide = 4 * Sizes.Hidden;
        _parts.Span.Clear();
        for (int sample = 0; sample < Sizes.Batch; sample++)
        {
            if (!IsActive(step, sample, out int row))
            {
                Gate(row, 0, 4).Clear();
                continue;
            }

            var arrived = gradients.Output(OutputRow(row, sample));
            if (!arrived.IsEmpty)
            {
                RecurrentProducts.Add(arrived, Row(DH, sample));
            }

            CellBack(row, sample, gradients.Peepholes(Direction));
            Gate(row, 0, 4).CopyTo(_parts.Span[(sample * wide)..]);
            Row(DH, sample).Clear();
        }

        // DH is 0 for the active samples and stays for those that have not begun; the product gives 0 for the latter.
        _back(_parts.Span, R, H.Span);
        RecurrentProducts.Add(H.Span, DH.Span);
    }

    protected override void FinishBack(RecurrentGradients<T> gradients)
    {
        gradients.StoreCell(Direction, _dC);
        gradients.Recurrent(Direction, 0, 4, _toWeights, G.Span, HBefore.Span);
        gradients.Bias(Direction, 0, 4, G.Span);
        gradients.Bias(Direction, 4, 4, G.Span);
    }

    private Span<T> Peephole(int gate) => gate switch
    {
        Input => _p.Span.Slice(3 * Direction * Sizes.Hidden, Sizes.Hidden),
        Out => _p.Span.Slice(((3 * Direction) + 1) * Sizes.Hidden, Sizes.Hidden),
        _ => _p.Span.Slice(((3 * Direction) + 2) * Sizes.Hidden, Sizes.Hidden),
    };

    private void AddPeephole(int row, int gate, ReadOnlySpan<T> c)
    {
        if (_p.Length > 0)
        {
            var p = Peephole(gate);
            var g = Gate(row, gate);
            for (int j = 0; j < g.Length; j++)
            {
                g[j] += p[j] * c[j];
            }
        }
    }

    /// <summary>Activates the gates of a row and moves its cell on.</summary>
    private void Activate(int row, Span<T> c)
    {
        AddPeephole(row, Input, c);
        AddPeephole(row, Forget, c);
        var i = Gate(row, Input);
        var f = Gate(row, Forget);
        var g = Gate(row, Candidate);
        Activation(0).Apply(i);
        Activation(0).Apply(f);
        Activation(1).Apply(g);
        for (int j = 0; j < c.Length; j++)
        {
            f[j] = _couplesForget ? T.One - i[j] : f[j];
            c[j] = (f[j] * c[j]) + (i[j] * g[j]);
        }

        AddPeephole(row, Out, c);
        Activation(0).Apply(Gate(row, Out));
    }

    /// <summary>Turns a row's activations into the gradients before them, and the gradient of the cell into that of the step before.</summary>
    private void CellBack(int row, int sample, Span<T> dP)
    {
        var i = Gate(row, Input);
        var o = Gate(row, Out);
        var f = Gate(row, Forget);
        var g = Gate(row, Candidate);
        var dh = Row(DH, sample);
        var dc = Row(_dC, sample);
        var before = Row(_cBefore, row);
        var shown = Row(_shown, row);
        int width = dh.Length;
        for (int j = 0; j < width; j++)
        {
            T cell = (f[j] * before[j]) + (i[j] * g[j]);
            T toOut = dh[j] * shown[j] * Activation(0).Slope(o[j]);
            T toCell = dc[j] + (dh[j] * o[j] * Activation(2).Slope(shown[j]));
            toCell += _p.Length > 0 ? toOut * Peephole(Out)[j] : T.Zero;
            T toInput = toCell * (_couplesForget ? g[j] - before[j] : g[j]) * Activation(0).Slope(i[j]);
            T toForget = _couplesForget ? T.Zero : toCell * before[j] * Activation(0).Slope(f[j]);
            T toCandidate = toCell * i[j] * Activation(1).Slope(g[j]);
            dc[j] = toCell * f[j];
            if (_p.Length > 0)
            {
                dc[j] += (toInput * Peephole(Input)[j]) + (toForget * Peephole(Forget)[j]);
            }

            if (!dP.IsEmpty)
            {
                dP[j] += toInput * before[j];
                dP[width + j] += toOut * cell;
                dP[(2 * width) + j] += toForget * before[j];
            }

            (i[j], o[j], f[j], g[j]) = (toInput, toOut, toForget, toCandidate);
        }
    }
}
