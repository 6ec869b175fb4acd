namespace MedTune.Evaluation;

/// <summary>Share of the rows called negative that are negative.</summary>
internal sealed class NegativePredictiveValueMetric : ProportionMetric
{
    public override string Name => "npv";

    public override string Title => "Negative predictive value";

    public override string Meaning => "Share of the rows called negative that are negative.";

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: no row was called negative";

    private protected override bool Counts(bool target, bool decision) => !decision;

    private protected override bool Succeeds(bool target, bool decision) => !target;
}
