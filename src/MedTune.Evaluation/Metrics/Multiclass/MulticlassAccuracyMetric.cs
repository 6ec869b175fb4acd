namespace MedTune.Evaluation;

/// <summary>Share of rows whose most probable class is the true one.</summary>
internal sealed class MulticlassAccuracyMetric : MulticlassMetric
{
    public override string Name => "accuracy";

    public override string Title => "Accuracy";

    public override string Meaning => "Share of rows whose most probable class is the true one; to be read beside the share of the largest class.";

    public override string Citation => "Wilson, J Am Stat Assoc 1927;22:209-212 (interval)";

    public override MetricNeeds Needs => MetricNeeds.Decisions;

    internal override double Value(WeightedMulticlassSample sample) => (double)Hits(sample) / sample.Total;

    internal override Interval? ClosedForm(WeightedMulticlassSample sample, double value) =>
        sample.Rows.IsClustered ? null : WilsonInterval.Of(Hits(sample), sample.Total, sample.Options);

    internal override Interval Degenerate(WeightedMulticlassSample sample, double value)
    {
        Interval interval = WilsonInterval.Of(value, sample.Rows.UnitCount, sample.Options);
        return interval with { Method = interval.Method + " on the number of patients" };
    }

    private static long Hits(WeightedMulticlassSample sample)
    {
        long hits = 0;
        for (int k = 0; k < sample.Rows.Classes; k++)
        {
            hits += sample.Confusion[(k * sample.Rows.Classes) + k];
        }
        return hits;
    }
}
