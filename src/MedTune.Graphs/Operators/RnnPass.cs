using System.Numerics;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>A plain recurrent layer over buffers.</summary>
internal sealed class RnnPass<T> : RecurrentPass<T>
    where T : unmanaged, INumber<T>
{
    private readonly Buffer<T> _parts;
    private readonly Multiplication<T> _recurrent, _back, _toWeights;
    private readonly RecurrentActivation<T>[] _activations;

    public RnnPass(KernelContext context, bool isForward)
        : base(context, 1, isForward ? 2 : 0)
    {
        _parts = Scratch(Sizes.Batch, Sizes.Hidden);
        _recurrent = Product(Sizes.Batch, Sizes.Hidden, Sizes.Hidden, false, true);
        _back = Product(Sizes.Batch, Sizes.Hidden, Sizes.Hidden, false, false);
        _toWeights = Product(Sizes.Hidden, Sizes.Hidden, Sizes.Rows, true, false);
        _activations = RecurrentActivation<T>.Of(context, Sizes.Directions, "Tanh");
    }

    protected override void Step(int step)
    {
        _recurrent(H.Span, R, _parts.Span);
        for (int sample = 0; sample < Sizes.Batch; sample++)
        {
            if (IsActive(step, sample, out int row))
            {
                Row(H, sample).CopyTo(Row(HBefore, row));
                RecurrentProducts.Add(Row(_parts, sample), Gate(row, 0));
                _activations[Direction].Apply(Gate(row, 0));
                Gate(row, 0).CopyTo(Row(H, sample));
                StoreOutput(row, sample);
            }
        }
    }

    protected override void StepBack(RecurrentGradients<T> gradients, int step)
    {
        _parts.Span.Clear();
        for (int sample = 0; sample < Sizes.Batch; sample++)
        {
            if (!IsActive(step, sample, out int row))
            {
                Gate(row, 0).Clear();
                continue;
            }

            var dh = Row(DH, sample);
            var g = Gate(row, 0);
            var arrived = gradients.Output(OutputRow(row, sample));
            for (int j = 0; j < g.Length; j++)
            {
                g[j] = (dh[j] + (arrived.IsEmpty ? T.Zero : arrived[j])) * _activations[Direction].Slope(g[j]);
            }

            g.CopyTo(Row(_parts, sample));
            dh.Clear();
        }

        _back(_parts.Span, R, H.Span);
        RecurrentProducts.Add(H.Span, DH.Span);
    }

    protected override void FinishBack(RecurrentGradients<T> gradients)
    {
        gradients.Recurrent(Direction, 0, 1, _toWeights, G.Span, HBefore.Span);
        gradients.Bias(Direction, 0, 1, G.Span);
        gradients.Bias(Direction, 1, 1, G.Span);
    }
}
