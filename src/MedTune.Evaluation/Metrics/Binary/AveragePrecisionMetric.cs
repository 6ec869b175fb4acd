namespace MedTune.Evaluation;

/// <summary>Area under the precision-recall curve as a step function.</summary>
internal sealed class AveragePrecisionMetric : BinaryMetric
{
    public override string Name => "average_precision";

    public override string Title => "Average precision";

    public override string Meaning => "Precision averaged over the recall steps from the highest probability down; a coin reaches the prevalence.";

    public override string Citation => "Boyd, Eng and Page, ECML PKDD 2013:451-466; step-wise without interpolation, as in scikit-learn";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    internal override double Value(WeightedBinarySample sample)
    {
        if (sample.Positives == 0)
        {
            return double.NaN;
        }
        BinarySample rows = sample.Rows;
        long hits = 0;
        long called = 0;
        double sum = 0;
        for (int block = rows.Blocks.Length - 2; block >= 0; block--)
        {
            long positive = 0;
            for (int i = rows.Blocks[block]; i < rows.Blocks[block + 1]; i++)
            {
                positive += sample.Weights[i] * rows.Targets[i];
                called += sample.Weights[i];
            }
            hits += positive;
            sum += positive == 0 ? 0 : positive * ((double)hits / called);
        }
        return Math.Min(1, sum / hits);
    }

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: there are no positive rows";
}
