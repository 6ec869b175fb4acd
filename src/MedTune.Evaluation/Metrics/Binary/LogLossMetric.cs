namespace MedTune.Evaluation;

/// <summary>Mean of minus the logarithm of the probability given to what happened.</summary>
internal sealed class LogLossMetric : BinaryMetric
{
    public override string Name => "log_loss";

    public override string Title => "Log-loss";

    public override string Meaning =>
        "Mean of -log of the probability given to what happened, probabilities kept 2^-52 away from 0 and 1; it punishes false certainty most.";

    public override string Citation => "Good, J R Stat Soc B 1952;14:107-114";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    public override double Ideal => 0;

    public override double Maximum => double.PositiveInfinity;

    internal override double Value(WeightedBinarySample sample) => sample.Sum(sample.Rows.Losses) / sample.Total;

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: there are no rows";

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value) =>
        sample.Rows.IsClustered ? null : MeanInterval.Of(sample.Rows.Losses, value, sample.Options).Within(0, double.PositiveInfinity);
}
