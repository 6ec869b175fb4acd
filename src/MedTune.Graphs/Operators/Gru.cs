namespace MedTune.Graphs.Operators;

/// <summary>
/// Gated recurrent unit (Cho and others 2014), forward, reverse or both ways. Inputs as of ONNX: X, W, R, B, sequence_lens, initial_h; outputs Y and Y_h.
/// </summary>
internal sealed class Gru : RecurrentOperator
{
    public override string Name => "GRU";

    public override int SinceOpset => 7;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return RecurrentCases.Of("forward", 3, 1) with { Outputs = 2 };
            yield return RecurrentCases.Of("everything", 3, 2, hasLengths: true, states: 1, seed: 20) with { Outputs = 2 };
            var both = RecurrentCases.Of("linear before reset", 3, 2, hasLengths: true, states: 1, isBatchFirst: true, seed: 40);
            yield return both with { Outputs = 2, Attributes = both.Attributes.With("linear_before_reset", 1) };
            var clipped = RecurrentCases.Of("reverse, clipped", 3, 1, direction: "reverse", seed: 60);
            yield return clipped with { Attributes = clipped.Attributes.With("clip", 0.5f).With("activations", (string[])["Sigmoid", "Relu"]) };
            yield return RecurrentCases.Long("long", 3);
            var longer = RecurrentCases.Long("long, linear before reset", 3);
            yield return longer with { Attributes = longer.Attributes.With("linear_before_reset", 1) };
        }
    }

    protected override int Gates => 3;

    internal override RecurrentPass<T> Pass<T>(KernelContext context, bool isForward) => new GruPass<T>(context, isForward);
}
