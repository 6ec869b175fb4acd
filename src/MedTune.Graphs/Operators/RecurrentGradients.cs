using System.Numerics;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>The gradients of a recurrent layer: those that arrive at its outputs, and those of its inputs that are wanted.</summary>
internal sealed class RecurrentGradients<T>
    where T : unmanaged, INumber<T>
{
    private readonly RecurrentPass<T> _pass;
    private readonly RecurrentSizes _sizes;
    private readonly Buffer<T> _x, _dY, _dLastH, _dLastC;
    private readonly Buffer<T> _dX, _dW, _dR, _dB, _dH0, _dC0, _dP;
    private readonly Buffer<T> _other;
    private readonly Multiplication<T> _toInput;
    private readonly Multiplication<T> _toWeights;

    /// <param name="context">The gradient node: the layer's inputs, then the gradients that arrive; one output per input of the layer.</param>
    /// <param name="pass">The layer.</param>
    /// <param name="arrived">Where the gradients that arrive begin.</param>
    public RecurrentGradients(KernelContext context, RecurrentPass<T> pass, int arrived)
    {
        (_pass, _sizes) = (pass, pass.Sizes);
        Buffer<T> In(int input) => context.Has(input) ? context.Input<T>(input) : default;
        Buffer<T> Out(int output) => output < arrived && context.HasOutput(output) ? context.Output<T>(output) : default;
        _x = In(0);
        (_dY, _dLastH, _dLastC) = (In(arrived), In(arrived + 1), In(arrived + 2));
        (_dX, _dW, _dR, _dB, _dH0, _dC0, _dP) = (Out(0), Out(1), Out(2), Out(3), Out(5), Out(6), Out(7));
        int wide = pass.Gates * _sizes.Hidden;
        _toInput = RecurrentProducts.For<T>(context, _sizes.Rows, _sizes.Width, wide, false, false);
        _toWeights = RecurrentProducts.For<T>(context, wide, _sizes.Width, _sizes.Rows, true, false);
        _other = _sizes.Directions > 1 ? context.Scratch<T>(_x.Length) : default;
    }

    /// <summary>The gradient of the last cell state, empty when none arrives.</summary>
    public ReadOnlySpan<T> LastCell(int direction, int sample) => Row(_dLastC, _sizes.StateRow(direction, sample));

    /// <summary>The gradient of a row of Y, empty when none arrives.</summary>
    public ReadOnlySpan<T> Output(int row) => Row(_dY, row);

    /// <summary>The gradient of peepholes, empty when it is not wanted.</summary>
    public Span<T> Peepholes(int direction) => Part(_dP, direction);

    /// <summary>The gradient of the last hidden state, zeros when none arrives.</summary>
    public void LastState(int direction, int sample, Span<T> destination)
    {
        destination.Clear();
        if (_dLastH.Length > 0)
        {
            Row(_dLastH, _sizes.StateRow(direction, sample)).CopyTo(destination);
        }
    }

    /// <summary>The gradients of input, weights and initial states of a direction, after its last step back.</summary>
    public void Finish(int direction, ReadOnlySpan<T> w, Buffer<T> dH)
    {
        if (direction == 0)
        {
            _toInput(_pass.G.Span, w, _dX.Span);
        }
        else
        {
            _toInput(_pass.G.Span, w, _other.Span);
            RecurrentProducts.Add(_other.Span, _dX.Span);
        }

        if (_dW.Length > 0)
        {
            _toWeights(_pass.G.Span, _x.Span, Part(_dW, direction));
        }

        StoreStates(_dH0, direction, dH);
    }

    /// <summary>The gradient of the initial cell state.</summary>
    public void StoreCell(int direction, Buffer<T> dC) => StoreStates(_dC0, direction, dC);

    /// <summary>The gradient of some rows of R, from the gradients of their gates [rows, n] and the states they were multiplied with [rows, hidden].</summary>
    public void Recurrent(int direction, int firstGate, int gates, Multiplication<T> product, ReadOnlySpan<T> gateGradients, ReadOnlySpan<T> states)
    {
        if (_dR.Length > 0)
        {
            int size = _sizes.Hidden * _sizes.Hidden;
            product(gateGradients, states, Part(_dR, direction).Slice(firstGate * size, gates * size));
        }
    }

    /// <summary>The gradient of some biases: the sum of the gradients of their gates [rows, gates · hidden].</summary>
    public void Bias(int direction, int firstGate, int gates, ReadOnlySpan<T> gateGradients)
    {
        if (_dB.Length > 0)
        {
            RecurrentProducts.SumRows(gateGradients, Part(_dB, direction).Slice(firstGate * _sizes.Hidden, gates * _sizes.Hidden));
        }
    }

    private void StoreStates(Buffer<T> destination, int direction, Buffer<T> states)
    {
        for (int sample = 0; sample < _sizes.Batch && destination.Length > 0; sample++)
        {
            states.Span.Slice(sample * _sizes.Hidden, _sizes.Hidden).CopyTo(Row(destination, _sizes.StateRow(direction, sample)));
        }
    }

    private Span<T> Row(Buffer<T> buffer, int row) => buffer.Length == 0 ? [] : buffer.Span.Slice(row * _sizes.Hidden, _sizes.Hidden);

    private Span<T> Part(Buffer<T> buffer, int direction) =>
        buffer.Span.Slice(buffer.Length / _sizes.Directions * direction, buffer.Length / _sizes.Directions);
}
