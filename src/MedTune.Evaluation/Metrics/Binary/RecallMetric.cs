namespace MedTune.Evaluation;

/// <summary>Share of the positive rows that were called positive.</summary>
internal sealed class RecallMetric : ProportionMetric
{
    public override string Name => "recall";

    public override string Title => "Sensitivity (recall)";

    public override string Meaning => "Share of the positive rows that were called positive.";

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: there are no positive rows";

    private protected override bool Counts(bool target, bool decision) => target;

    private protected override bool Succeeds(bool target, bool decision) => decision;
}
