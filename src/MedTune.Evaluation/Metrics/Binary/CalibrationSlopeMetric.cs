namespace MedTune.Evaluation;

/// <summary>Slope of what happened on the predicted log-odds.</summary>
internal sealed class CalibrationSlopeMetric : BinaryMetric
{
    public override string Name => "calibration_slope";

    public override string Title => "Calibration slope";

    public override string Meaning => "Slope of a logistic regression of what happened on the predicted log-odds: below 1 the risks are too extreme, above 1 too timid.";

    public override string Citation => "Cox, Biometrika 1958;45:562-565; Van Calster et al., BMC Medicine 2019;17:230";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    public override MetricDirection Direction => MetricDirection.NearerToIdealIsBetter;

    public override double Minimum => double.NegativeInfinity;

    public override double Maximum => double.PositiveInfinity;

    internal override double Value(WeightedBinarySample sample) => sample.IsOriginal
        ? sample.Rows.SlopeFit.Slope
        : LogisticRefit.ResampledSlope(sample.Rows.Logits, sample.Rows.Targets, sample.Weights, sample.Rows.SlopeStart);

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: " + sample.Rows.SlopeFit.Problem;

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value)
    {
        if (sample.Rows.IsClustered)
        {
            return null;
        }
        double half = sample.Options.NormalQuantile * sample.Rows.SlopeFit.SlopeError;
        return new Interval(value - half, value + half, $"{sample.Options.Percent} Wald interval");
    }
}
