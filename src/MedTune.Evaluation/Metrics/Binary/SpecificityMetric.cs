namespace MedTune.Evaluation;

/// <summary>Share of the negative rows that were called negative.</summary>
internal sealed class SpecificityMetric : ProportionMetric
{
    public override string Name => "specificity";

    public override string Title => "Specificity";

    public override string Meaning => "Share of the negative rows that were called negative.";

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: there are no negative rows";

    private protected override bool Counts(bool target, bool decision) => !target;

    private protected override bool Succeeds(bool target, bool decision) => !decision;
}
