namespace MedTune.Evaluation;

/// <summary>Mean distance between predicted and observed share over groups of equal size.</summary>
internal sealed class ExpectedCalibrationErrorMetric : BinaryMetric
{
    public override string Name => "ece";

    public override string Title => "Expected calibration error";

    public override string Meaning => "Mean distance between the mean prediction and the observed share over 10 groups of equal size; it depends on the grouping and is never 0 in a finite sample.";

    public override string Citation => "Naeini, Cooper and Hauskrecht, AAAI 2015:2901-2907; groups of equal size as in Nixon et al., CVPR Workshops 2019:38-41";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    public override double Ideal => 0;

    internal override double Value(WeightedBinarySample sample)
    {
        double sum = 0;
        foreach ((int start, int end) in QuantileGroups.Of(sample.Rows, CalibrationCurve.GroupCount))
        {
            double difference = 0;
            for (int i = start; i < end; i++)
            {
                difference += sample.Weights[i] * (sample.Rows.Probabilities[i] - sample.Rows.Targets[i]);
            }
            sum += Math.Abs(difference);
        }
        return Math.Min(1, sum / sample.Total);
    }

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: there are no rows";

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value) =>
        Interval.None("no interval: the figure is biased upwards in finite samples, so resampling would center on a wrong value");
}
