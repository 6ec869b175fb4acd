namespace MedTune.Evaluation;

/// <summary>Mean squared distance between probability and outcome.</summary>
internal sealed class BrierMetric : BinaryMetric
{
    public override string Name => "brier";

    public override string Title => "Brier score";

    public override string Meaning => "Mean squared distance between the probability and what happened (0 or 1): 0.25 for always saying one half.";

    public override string Citation => "Brier, Mon Weather Rev 1950;78:1-3 (halved, as is usual for two classes)";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    public override double Ideal => 0;

    internal override double Value(WeightedBinarySample sample) => sample.Sum(sample.Rows.SquaredErrors) / sample.Total;

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: there are no rows";

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value) =>
        sample.Rows.IsClustered ? null : MeanInterval.Of(sample.Rows.SquaredErrors, value, sample.Options).Within(0, 1);
}
