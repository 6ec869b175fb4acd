namespace MedTune.Graphs.Operators;

/// <content>Selection, contraction, recurrent layers and attention.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Sequences => new Operator[]
    {
        new TopK(), new Mod(), new Einsum(), new EinsumGradient(),
        new Lstm(), new LstmGradient(), new Gru(), new GruGradient(), new Rnn(), new RnnGradient(),
    };
}
