namespace MedTune.Evaluation;

/// <summary>Mean of minus the logarithm of the probability given to the true class.</summary>
internal sealed class MulticlassLogLossMetric : MulticlassMetric
{
    public override string Name => "log_loss";

    public override string Title => "Log-loss";

    public override string Meaning => "Mean of -log of the probability given to the true class, probabilities kept at least 2^-52; it punishes false certainty most.";

    public override string Citation => "Good, J R Stat Soc B 1952;14:107-114";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    public override double Ideal => 0;

    public override double Maximum => double.PositiveInfinity;

    internal override double Value(WeightedMulticlassSample sample) => sample.Mean(sample.Rows.Losses);

    internal override Interval? ClosedForm(WeightedMulticlassSample sample, double value) =>
        sample.Rows.IsClustered ? null : MeanInterval.Of(sample.Rows.Losses, value, sample.Options).Within(0, double.PositiveInfinity);
}
