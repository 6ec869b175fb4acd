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

    /// <summary>The two proportions are independent, so the distances to their own limits add in squares (method of variance estimates recovery).</summary>
    internal override Interval? ClosedForm(WeightedBinarySample sample, double value)
    {
        if (sample.Rows.IsClustered)
        {
            return null;
        }
        ConfusionMatrix cells = sample.Confusion;
        double sensitivity = (double)cells.TruePositives / cells.Positives;
        double specificity = (double)cells.TrueNegatives / cells.Negatives;
        Interval first = WilsonInterval.Of(cells.TruePositives, cells.Positives, sample.Options);
        Interval second = WilsonInterval.Of(cells.TrueNegatives, cells.Negatives, sample.Options);
        double below = Length(sensitivity - first.Low, specificity - second.Low) / 2;
        double above = Length(first.High - sensitivity, second.High - specificity) / 2;
        return new Interval(value - below, value + above, $"{sample.Options.Percent} interval recovered from two Wilson intervals").Within(0, 1);
    }

    private static double Length(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
