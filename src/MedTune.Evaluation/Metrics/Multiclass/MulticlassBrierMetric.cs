namespace MedTune.Evaluation;

/// <summary>Mean squared distance between the probabilities and the true class, summed over the classes.</summary>
internal sealed class MulticlassBrierMetric : MulticlassMetric
{
    public override string Name => "brier";

    public override string Title => "Brier score";

    public override string Meaning => "Squared distance between the probabilities and the true class, summed over the classes, from 0 to 2; with two classes twice the two-class score.";

    public override string Citation => "Brier, Mon Weather Rev 1950;78:1-3 (as published, summed over the classes)";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    public override double Ideal => 0;

    public override double Maximum => 2;

    internal override double Value(WeightedMulticlassSample sample) => sample.Mean(sample.Rows.SquaredErrors);

    internal override Interval? ClosedForm(WeightedMulticlassSample sample, double value) =>
        sample.Rows.IsClustered ? null : MeanInterval.Of(sample.Rows.SquaredErrors, value, sample.Options).Within(0, 2);
}
