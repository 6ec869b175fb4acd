namespace MedTune.Evaluation;

/// <summary>Mean of sensitivity and specificity.</summary>
internal sealed class BalancedAccuracyMetric : BinaryMetric
{
    public override string Name => "balanced_accuracy";

    public override string Title => "Balanced accuracy";

    public override string Meaning => "Mean of sensitivity and specificity: 0.5 for a coin, whatever the prevalence.";

    public override string Citation =>
        "Brodersen et al., ICPR 2010:3121-3124 (definition); Zou and Donner, Stat Med 2008;27:1693-1702 (interval from two Wilson intervals)";

    public override MetricNeeds Needs => MetricNeeds.Decisions;

    internal override double Value(WeightedBinarySample sample)
    {
        ConfusionMatrix cells = sample.Confusion;
        return (((double)cells.TruePositives / cells.Positives) + ((double)cells.TrueNegatives / cells.Negatives)) / 2;
    }

    internal override string WhyUndefined(WeightedBinarySample sample) => OneClass(sample);

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value)
    {
        ConfusionMatrix cells = sample.Confusion;
        return sample.Rows.IsClustered
            ? null
            : MeanOfProportions.Of([(cells.TruePositives, cells.Positives), (cells.TrueNegatives, cells.Negatives)], value, sample.Options);
    }
}
