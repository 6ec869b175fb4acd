namespace MedTune.Evaluation;

/// <summary>Share of the rows called positive that are positive.</summary>
internal sealed class PrecisionMetric : ProportionMetric
{
    public override string Name => "precision";

    public override string Title => "Positive predictive value (precision)";

    public override string Meaning => "Share of the rows called positive that are positive.";

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: no row was called positive";

    private protected override bool Counts(bool target, bool decision) => decision;

    private protected override bool Succeeds(bool target, bool decision) => target;
}
