namespace MedTune.Evaluation;

/// <summary>Calibration in the large on the log-odds scale.</summary>
internal sealed class CalibrationInterceptMetric : BinaryMetric
{
    public override string Name => "calibration_intercept";

    public override string Title => "Calibration intercept";

    public override string Meaning => "What must be added to the predicted log-odds to make them right on the whole: above 0 the risks are too low, below 0 too high.";

    public override string Citation => "Cox, Biometrika 1958;45:562-565; Van Calster et al., BMC Medicine 2019;17:230";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    public override MetricDirection Direction => MetricDirection.NearerToIdealIsBetter;

    public override double Ideal => 0;

    public override double Minimum => double.NegativeInfinity;

    public override double Maximum => double.PositiveInfinity;

    internal override double Value(WeightedBinarySample sample) => sample.IsOriginal
        ? sample.Rows.InterceptFit.Intercept
        : LogisticRefit.ResampledIntercept(sample.Rows.Logits, sample.Rows.Targets, sample.Weights, sample.Rows.InterceptStart);

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: " + sample.Rows.InterceptFit.Problem;

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value)
    {
        if (sample.Rows.IsClustered)
        {
            return null;
        }
        double half = sample.Options.NormalQuantile * sample.Rows.InterceptFit.InterceptError;
        return new Interval(value - half, value + half, $"{sample.Options.Percent} Wald interval");
    }
}
