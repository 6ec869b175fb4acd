namespace MedTune.Evaluation;

/// <summary>Share of rows that were called right; to be read beside the prevalence.</summary>
internal sealed class AccuracyMetric : ProportionMetric
{
    public override string Name => "accuracy";

    public override string Title => "Accuracy";

    public override string Meaning => "Share of rows that were called right; to be read beside the prevalence.";

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: there are no rows";

    private protected override bool Counts(bool target, bool decision) => true;

    private protected override bool Succeeds(bool target, bool decision) => target == decision;
}
