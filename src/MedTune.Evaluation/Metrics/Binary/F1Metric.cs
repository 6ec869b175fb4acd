namespace MedTune.Evaluation;

/// <summary>Harmonic mean of precision and recall.</summary>
internal sealed class F1Metric : BinaryMetric
{
    public override string Name => "f1";

    public override string Title => "F1";

    public override string Meaning => "Harmonic mean of precision and recall; it ignores the negative rows that were called right.";

    public override string Citation => "Lam, Gopal and Qian, arXiv 2309.14621, 2023 (Wilson indirect interval)";

    public override MetricNeeds Needs => MetricNeeds.Decisions;

    internal override double Value(WeightedBinarySample sample)
    {
        ConfusionMatrix cells = sample.Confusion;
        long touched = cells.TruePositives + cells.FalsePositives + cells.FalseNegatives;
        return touched == 0 ? double.NaN : 2.0 * cells.TruePositives / (cells.TruePositives + touched);
    }

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: no row is positive and none was called positive";

    /// <summary>
    /// F1 is 2s / (1 + s) with s = TP / (TP + FP + FN), a proportion of the rows that are positive or were called so: Wilson's
    /// interval of s, mapped by the same increasing function.
    /// </summary>
    internal override Interval? ClosedForm(WeightedBinarySample sample, double value)
    {
        if (sample.Rows.IsClustered)
        {
            return null;
        }
        ConfusionMatrix cells = sample.Confusion;
        Interval share = WilsonInterval.Of(cells.TruePositives, cells.TruePositives + cells.FalsePositives + cells.FalseNegatives, sample.Options);
        return new Interval(Map(share.Low), Map(share.High), $"{sample.Options.Percent} Wilson indirect interval");
    }

    private static double Map(double share) => 2 * share / (1 + share);
}
