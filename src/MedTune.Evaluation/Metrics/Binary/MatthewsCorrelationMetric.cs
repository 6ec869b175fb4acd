namespace MedTune.Evaluation;

/// <summary>Correlation between target and decision.</summary>
internal sealed class MatthewsCorrelationMetric : BinaryMetric
{
    public override string Name => "mcc";

    public override string Title => "Matthews correlation coefficient";

    public override string Meaning => "Correlation between what was true and what was called: 1 perfect, 0 as good as chance, -1 always wrong.";

    public override string Citation => "Matthews, Biochim Biophys Acta 1975;405:442-451; Chicco and Jurman, BMC Genomics 2020;21:6 (0 where all rows are called alike)";

    public override MetricNeeds Needs => MetricNeeds.Decisions;

    public override double Minimum => -1;

    internal override double Value(WeightedBinarySample sample)
    {
        ConfusionMatrix cells = sample.Confusion;
        if (cells.Positives == 0 || cells.Negatives == 0)
        {
            return double.NaN;
        }
        if (cells.CalledPositive == 0 || cells.CalledNegative == 0)
        {
            return 0;
        }
        double numerator = ((double)cells.TruePositives * cells.TrueNegatives) - ((double)cells.FalsePositives * cells.FalseNegatives);
        double denominator = Math.Sqrt((double)cells.Positives * cells.Negatives) * Math.Sqrt((double)cells.CalledPositive * cells.CalledNegative);
        return Math.Clamp(numerator / denominator, -1, 1);
    }

    internal override string WhyUndefined(WeightedBinarySample sample) => OneClass(sample);
}
