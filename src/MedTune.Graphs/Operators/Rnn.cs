namespace MedTune.Graphs.Operators;

/// <summary>
/// A recurrent layer without gates (Elman 1990), forward, reverse or both ways. Inputs as of ONNX: X, W, R, B, sequence_lens, initial_h; outputs Y and Y_h.
/// </summary>
internal sealed class Rnn : RecurrentOperator
{
    public override string Name => "RNN";

    public override int SinceOpset => 7;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return RecurrentCases.Of("forward", 1, 1) with { Outputs = 2 };
            yield return RecurrentCases.Of("everything", 1, 2, hasLengths: true, states: 1, seed: 20) with { Outputs = 2 };
            yield return RecurrentCases.Of("samples first", 1, 2, states: 1, isBatchFirst: true, seed: 40) with { Outputs = 2 };
            foreach (string name in (string[])["Relu", "LeakyRelu", "ThresholdedRelu", "Elu", "Affine", "Softplus"])
            {
                var sample = RecurrentCases.Of(name, 1, 1, seed: 60);
                yield return sample with { Attributes = sample.Attributes.With("activations", (string[])[name]).With("activation_alpha", (float[])[0.125f]) };
            }

            yield return RecurrentCases.Long("long", 1);
        }
    }

    protected override int Gates => 1;

    internal override RecurrentPass<T> Pass<T>(KernelContext context, bool isForward) => new RnnPass<T>(context, isForward);
}
