namespace MedTune.Evaluation;

/// <summary>How much a positive call raises the odds of the disease.</summary>
internal sealed class LikelihoodRatioPositiveMetric : BinaryMetric
{
    public override string Name => "likelihood_ratio_positive";

    public override string Title => "Positive likelihood ratio";

    public override string Meaning => "Sensitivity over 1 - specificity: the factor by which a positive call multiplies the odds.";

    public override string Citation => LikelihoodRatio.Citation;

    public override MetricNeeds Needs => MetricNeeds.Decisions;

    public override double Ideal => double.PositiveInfinity;

    public override double Maximum => double.PositiveInfinity;

    internal override double Value(WeightedBinarySample sample) =>
        LikelihoodRatio.Value(sample.Confusion.TruePositives, sample.Positives, sample.Confusion.FalsePositives, sample.Negatives);

    internal override string WhyUndefined(WeightedBinarySample sample) =>
        sample.Positives == 0 || sample.Negatives == 0 ? OneClass(sample) : "undefined: no negative row was called positive, so the ratio is infinite";

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value) => sample.Rows.IsClustered
        ? null
        : LikelihoodRatio.Of(value, sample.Confusion.TruePositives, sample.Positives, sample.Confusion.FalsePositives, sample.Negatives, sample.Options);
}
