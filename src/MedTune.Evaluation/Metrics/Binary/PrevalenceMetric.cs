namespace MedTune.Evaluation;

/// <summary>Share of the rows that are positive: what the data are like, and what average precision and accuracy start from.</summary>
internal sealed class PrevalenceMetric : ProportionMetric
{
    public override string Name => "prevalence";

    public override string Title => "Prevalence";

    public override string Meaning => "Share of the rows that are positive: what the data are like, and what average precision and accuracy start from.";

    public override MetricNeeds Needs => MetricNeeds.None;

    public override MetricDirection Direction => MetricDirection.Descriptive;

    public override double Ideal => double.NaN;

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: there are no rows";

    private protected override bool Counts(bool target, bool decision) => true;

    private protected override bool Succeeds(bool target, bool decision) => target;
}
