namespace MedTune.Evaluation;

/// <summary>Observed positives over expected ones.</summary>
internal sealed class ObservedExpectedRatioMetric : BinaryMetric
{
    public override string Name => "observed_expected_ratio";

    public override string Title => "Observed / expected";

    public override string Meaning => "Positive rows over the sum of the predicted probabilities: above 1 the risks are too low on the whole, below 1 too high.";

    public override string Citation => "Debray et al., BMJ 2017;356:i6460 (the expected number taken as known)";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    public override MetricDirection Direction => MetricDirection.NearerToIdealIsBetter;

    public override double Maximum => double.PositiveInfinity;

    internal override double Value(WeightedBinarySample sample)
    {
        double expected = sample.Sum(sample.Rows.Probabilities);
        return expected > 0 ? sample.Positives / expected : double.NaN;
    }

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: every predicted probability is 0";

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value)
    {
        if (sample.Rows.IsClustered)
        {
            return null;
        }
        double mean = sample.Sum(sample.Rows.Probabilities) / sample.Total;
        Interval observed = WilsonInterval.Of(sample.Positives, sample.Total, sample.Options);
        return new Interval(observed.Low / mean, observed.High / mean, $"{observed.Method} of the observed share over the mean prediction");
    }
}
