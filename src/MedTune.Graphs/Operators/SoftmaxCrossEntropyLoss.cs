namespace MedTune.Graphs.Operators;

/// <summary>Minus the logarithm of the softmax of the scores at each label; output 1 is the log-softmax itself.</summary>
internal sealed class SoftmaxCrossEntropyLoss : ClassLossOperator
{
    public override string Name => "SoftmaxCrossEntropyLoss";

    public override int SinceOpset => 12;

    public override int MaximumOutputs => 2;

    public override IEnumerable<OperatorCase> Cases =>
    [
        .. LossCases(),
        .. LossCases().Take(2).Select(sample => sample with { Name = sample.Name + ", with log-probabilities", Outputs = 2, GradientInputs = [] }),
    ];

    protected override bool TakesScores => true;
}
