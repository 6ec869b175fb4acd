namespace MedTune.Graphs.Operators;

/// <summary>Minus the log-probability at each label.</summary>
internal sealed class NegativeLogLikelihoodLoss : ClassLossOperator
{
    public override string Name => "NegativeLogLikelihoodLoss";

    public override int SinceOpset => 12;

    public override IEnumerable<OperatorCase> Cases => LossCases();

    protected override bool TakesScores => false;
}
