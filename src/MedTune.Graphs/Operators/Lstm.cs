namespace MedTune.Graphs.Operators;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; Gers and others 2000 for peepholes), forward, reverse or both ways. Inputs as of ONNX: X, W, R, B,
/// sequence_lens, initial_h, initial_c, P; outputs Y, Y_h and Y_c. A clip bounds the input of every activation, the cell's included.
/// </summary>
internal sealed class Lstm : RecurrentOperator
{
    public override string Name => "LSTM";

    public override int SinceOpset => 7;

    public override int MaximumInputs => 8;

    public override int MaximumOutputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return RecurrentCases.Of("forward", 4, 1) with { Outputs = 3 };
            yield return RecurrentCases.Of("everything", 4, 2, hasLengths: true, states: 2, hasPeepholes: true, seed: 20) with { Outputs = 3 };
            yield return RecurrentCases.Of("reverse, samples first", 4, 1, hasLengths: true, states: 2, isBatchFirst: true, direction: "reverse", seed: 40) with { Outputs = 3 };
            var coupled = RecurrentCases.Of("coupled forget gate, clipped", 4, 1, hasPeepholes: true, seed: 60);
            yield return coupled with { Attributes = coupled.Attributes.With("input_forget", 1).With("clip", 0.75f) };
            var others = RecurrentCases.Of("other activations", 4, 1, states: 2, seed: 80);
            yield return others with
            {
                Attributes = others.Attributes.With("activations", (string[])["HardSigmoid", "ScaledTanh", "Softsign"])
                    .With("activation_alpha", (float[])[0.25f, 1.5f]).With("activation_beta", (float[])[0.5f, 0.75f]),
            };
            yield return RecurrentCases.Long("long", 4);
        }
    }

    protected override int Gates => 4;

    internal override RecurrentPass<T> Pass<T>(KernelContext context, bool isForward) => new LstmPass<T>(context, isForward);
}
