namespace MedTune.Evaluation;

/// <summary>Correlation between target and decision over all classes.</summary>
internal sealed class MulticlassMatthewsCorrelationMetric : MulticlassMetric
{
    public override string Name => "mcc";

    public override string Title => "Matthews correlation coefficient";

    public override string Meaning => "Correlation between what was true and what was called: 1 perfect, 0 as good as chance.";

    public override string Citation => "Gorodkin, Comput Biol Chem 2004;28:367-374 (0 where all rows are called alike)";

    public override MetricNeeds Needs => MetricNeeds.Decisions;

    public override double Minimum => -1;

    internal override double Value(WeightedMulticlassSample sample)
    {
        (double hits, double total, double products, double targets, double decisions) = (0, sample.Total, 0, 0, 0);
        for (int k = 0; k < sample.Rows.Classes; k++)
        {
            ConfusionMatrix cells = sample.Cells(k);
            hits += cells.TruePositives;
            products += (double)cells.Positives * cells.CalledPositive;
            targets += (double)cells.Positives * cells.Positives;
            decisions += (double)cells.CalledPositive * cells.CalledPositive;
        }

        double scale = Math.Sqrt((total * total) - targets) * Math.Sqrt((total * total) - decisions);
        return targets == total * total ? double.NaN : scale == 0 ? 0 : Math.Clamp(((hits * total) - products) / scale, -1, 1);
    }
}
