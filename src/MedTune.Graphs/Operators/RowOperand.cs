using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A float input that meets every row of another one: read where it is when it is as long as a row, else repeated into memory of its own.</summary>
internal sealed class RowOperand
{
    private readonly Buffer<float> _input;
    private readonly Buffer<float> _repeated;
    private readonly int[] _indices;

    private RowOperand(Buffer<float> input, Buffer<float> repeated, int[] indices) => (_input, _repeated, _indices) = (input, repeated, indices);

    /// <summary>One value per element of a row.</summary>
    public ReadOnlySpan<float> Values => _indices.Length == 0 ? _input.Span : _repeated.Span;

    /// <summary>The operand of a node.</summary>
    /// <param name="context">The node.</param>
    /// <param name="input">Which of its inputs; it broadcasts to <paramref name="row"/>.</param>
    /// <param name="row">The shape of a row.</param>
    public static RowOperand Of(KernelContext context, int input, Shape row)
    {
        var values = context.Input<float>(input);
        return values.Length == row.Length
            ? new RowOperand(values, default, [])
            : new RowOperand(values, context.Scratch<float>(row.Length), LayerNormalization.Repeated(context.InputShape(input), row));
    }

    /// <summary>Repeats the values as they are now; to be called at the start of a run.</summary>
    public void Repeat()
    {
        for (int i = 0; i < _indices.Length; i++)
        {
            _repeated[i] = _input[_indices[i]];
        }
    }
}
