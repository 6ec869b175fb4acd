using System.Numerics;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>
/// A recurrent layer over buffers: the inputs' part of all gates is one matrix product per direction, then the steps follow one another. What the
/// steps leave behind (gates, states before them) lets <see cref="Backward"/> go back through time.
/// </summary>
internal abstract class RecurrentPass<T>
    where T : unmanaged, INumber<T>
{
    private readonly KernelContext _context;
    private readonly Buffer<T> _x, _w, _r, _b, _h0, _y, _lastH;
    private readonly Buffer<int> _lengths;
    private readonly Buffer<T> _bias;
    private readonly string _direction;
    private readonly Multiplication<T> _inputProduct;

    protected RecurrentPass(KernelContext context, int gates, int outputs)
    {
        _context = context;
        Sizes = RecurrentSizes.Of(context);
        Gates = gates;
        (_x, _w, _r) = (context.Input<T>(0), context.Input<T>(1), context.Input<T>(2));
        (_b, _h0) = (Optional(3), Optional(5));
        _lengths = context.Has(4) ? context.Input<int>(4) : default;
        (_y, _lastH) = (Output(0, outputs), Output(1, outputs));
        _direction = context.Attributes.String("direction", "forward").ToUpperInvariant();
        int wide = gates * Sizes.Hidden;
        _inputProduct = Product(Sizes.Rows, wide, Sizes.Width, false, true);
        (G, HBefore) = (context.Scratch<T>(Sizes.Rows * wide), context.Scratch<T>(Sizes.Rows * Sizes.Hidden));
        (H, DH) = (context.Scratch<T>(Sizes.Batch * Sizes.Hidden), context.Scratch<T>(Sizes.Batch * Sizes.Hidden));
        _bias = context.Scratch<T>(wide);
    }

    public RecurrentSizes Sizes { get; }

    public int Gates { get; }

    /// <summary>All gates of every row; after the forward their activations, after the backward the gradients before the activations.</summary>
    public Buffer<T> G { get; }

    /// <summary>The hidden state before every row's step.</summary>
    public Buffer<T> HBefore { get; }

    /// <summary>The hidden state of every sample as the steps go on.</summary>
    protected Buffer<T> H { get; }

    /// <summary>The gradient of the hidden state as the steps go back.</summary>
    protected Buffer<T> DH { get; }

    /// <summary>The direction that is being computed, 0 or 1.</summary>
    protected int Direction { get; private set; }

    /// <summary>The recurrent weights of this direction, [gates · hidden, hidden].</summary>
    protected ReadOnlySpan<T> R => Part(_r, Direction);

    /// <summary>The biases of this direction, first those of the input and then the recurrent ones; empty when there are none.</summary>
    protected ReadOnlySpan<T> B => Part(_b, Direction);

    /// <summary>Computes the outputs of the node.</summary>
    public void Forward()
    {
        _y.Span.Clear();
        for (int direction = 0; direction < Sizes.Directions; direction++)
        {
            Run(direction);
            for (int sample = 0; sample < Sizes.Batch; sample++)
            {
                StoreState(sample);
            }
        }
    }

    /// <summary>Computes the gradients of all inputs that are wanted. The gradients that arrive are the inputs from <paramref name="arrived"/> on.</summary>
    public Action Backward(int arrived)
    {
        var gradients = new RecurrentGradients<T>(_context, this, arrived);
        return () =>
        {
            for (int direction = 0; direction < Sizes.Directions; direction++)
            {
                Run(direction);
                for (int sample = 0; sample < Sizes.Batch; sample++)
                {
                    gradients.LastState(direction, sample, Row(DH, sample));
                    BeginBack(gradients, sample);
                }

                for (int step = Sizes.Steps - 1; step >= 0; step--)
                {
                    StepBack(gradients, step);
                }

                gradients.Finish(direction, Part(_w, direction), DH);
                FinishBack(gradients);
            }
        };
    }

    /// <summary>A row of a buffer of hidden units.</summary>
    protected Span<T> Row(Buffer<T> buffer, int row) => buffer.Span.Slice(row * Sizes.Hidden, Sizes.Hidden);

    /// <summary>One gate of a row of <see cref="G"/>.</summary>
    protected Span<T> Gate(int row, int gate, int count = 1) => G.Span.Slice(((row * Gates) + gate) * Sizes.Hidden, count * Sizes.Hidden);

    /// <summary>Whether a sample still has this step, and then its row.</summary>
    protected bool IsActive(int step, int sample, out int row)
    {
        int length = LengthOf(sample);
        bool isReverse = Direction == 1 || _direction == "REVERSE";
        row = Sizes.Row(step >= length ? step : isReverse ? length - 1 - step : step, sample);
        return step < length;
    }

    /// <summary>The step's place in Y for a sample.</summary>
    protected int OutputRow(int row, int sample) =>
        Sizes.OutputRow(Sizes.IsBatchFirst ? row - (sample * Sizes.Steps) : row / Sizes.Batch, Direction, sample);

    /// <summary>A matrix product of this type.</summary>
    protected Multiplication<T> Product(int m, int n, int k, bool transposeA, bool transposeB) =>
        RecurrentProducts.For<T>(_context, m, n, k, transposeA, transposeB);

    /// <summary>Memory of this node.</summary>
    protected Buffer<T> Scratch(int rows, int width) => _context.Scratch<T>(rows * width);

    /// <summary>An input that may be left out, as an empty buffer then.</summary>
    protected Buffer<T> Optional(int input) => _context.Has(input) ? _context.Input<T>(input) : default;

    /// <summary>An output of the node, when it is a forward node that wants it.</summary>
    protected Buffer<T> Output(int output, int outputs) => output < outputs && _context.HasOutput(output) ? _context.Output<T>(output) : default;

    /// <summary>One of as many equal parts as there are directions.</summary>
    protected ReadOnlySpan<T> Part(Buffer<T> buffer, int direction) =>
        buffer.Span.Slice(buffer.Length / Sizes.Directions * direction, buffer.Length / Sizes.Directions);

    /// <summary>The biases added to all gates at once, before the steps.</summary>
    protected virtual void SumBiases(Span<T> sum)
    {
        var b = B;
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = b.IsEmpty ? T.Zero : b[i] + b[sum.Length + i];
        }
    }

    /// <summary>Sets what else a sample begins with.</summary>
    protected virtual void Begin(int sample)
    {
    }

    /// <summary>One step of all samples: gates and states of the active rows.</summary>
    protected abstract void Step(int step);

    /// <summary>The hidden state that a row ended with goes to Y.</summary>
    protected void StoreOutput(int row, int sample)
    {
        if (_y.Length > 0)
        {
            Row(H, sample).CopyTo(Row(_y, OutputRow(row, sample)));
        }
    }

    /// <summary>The last state of a sample goes to the outputs.</summary>
    protected virtual void StoreState(int sample)
    {
        if (_lastH.Length > 0)
        {
            Row(H, sample).CopyTo(Row(_lastH, Sizes.StateRow(Direction, sample)));
        }
    }

    /// <summary>Sets what else a sample's way back begins with.</summary>
    protected virtual void BeginBack(RecurrentGradients<T> gradients, int sample)
    {
    }

    /// <summary>The same step backward: <see cref="G"/> takes the gradients before the activations, 0 where a sample had ended.</summary>
    protected abstract void StepBack(RecurrentGradients<T> gradients, int step);

    /// <summary>Gives the gradients that only this kind of layer has.</summary>
    protected abstract void FinishBack(RecurrentGradients<T> gradients);

    private int LengthOf(int sample)
    {
        if (_lengths.Length == 0)
        {
            return Sizes.Steps;
        }

        int length = _lengths[sample];
        return length >= 0 && length <= Sizes.Steps ? length : throw _context.Error($"one of its sequence_lens is outside 0 to {Sizes.Steps}, the number of steps.");
    }

    private void Run(int direction)
    {
        Direction = direction;
        _inputProduct(_x.Span, Part(_w, direction), G.Span);
        var bias = _bias.Span;
        SumBiases(bias);
        for (int start = 0; start < G.Length; start += bias.Length)
        {
            RecurrentProducts.Add<T>(bias, G.Span.Slice(start, bias.Length));
        }

        HBefore.Span.Clear();
        for (int sample = 0; sample < Sizes.Batch; sample++)
        {
            InitialState(_h0, sample, Row(H, sample));
            Begin(sample);
        }

        for (int step = 0; step < Sizes.Steps; step++)
        {
            Step(step);
        }
    }

    /// <summary>A sample's initial state, zeros when it is left out.</summary>
    protected void InitialState(Buffer<T> states, int sample, Span<T> destination)
    {
        if (states.Length == 0)
        {
            destination.Clear();
        }
        else
        {
            Row(states, Sizes.StateRow(Direction, sample)).CopyTo(destination);
        }
    }
}
