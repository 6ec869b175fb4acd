namespace MedTune.Evaluation;

/// <summary>How much a negative call lowers the odds of the disease.</summary>
internal sealed class LikelihoodRatioNegativeMetric : BinaryMetric
{
    public override string Name => "likelihood_ratio_negative";

    public override string Title => "Negative likelihood ratio";

    public override string Meaning => "1 - sensitivity over specificity: the factor by which a negative call multiplies the odds.";

    public override string Citation => LikelihoodRatio.Citation;

    public override MetricNeeds Needs => MetricNeeds.Decisions;

    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    public override double Ideal => 0;

    public override double Maximum => double.PositiveInfinity;

    internal override double Value(WeightedBinarySample sample) =>
        LikelihoodRatio.Value(sample.Confusion.FalseNegatives, sample.Positives, sample.Confusion.TrueNegatives, sample.Negatives);

    internal override string WhyUndefined(WeightedBinarySample sample) =>
        sample.Positives == 0 || sample.Negatives == 0 ? OneClass(sample) : "undefined: no negative row was called negative, so the ratio is infinite";

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value) => sample.Rows.IsClustered
        ? null
        : LikelihoodRatio.Of(value, sample.Confusion.FalseNegatives, sample.Positives, sample.Confusion.TrueNegatives, sample.Negatives, sample.Options);
}
