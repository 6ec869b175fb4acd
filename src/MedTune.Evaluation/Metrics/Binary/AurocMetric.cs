namespace MedTune.Evaluation;

/// <summary>Area under the ROC curve over all rows.</summary>
internal sealed class AurocMetric : BinaryMetric
{
    public override string Name => "auroc";

    public override string Title => "AUROC";

    public override string Meaning => "Chance that a random positive row gets a higher probability than a random negative one; ties count half.";

    public override string Citation =>
        "DeLong, DeLong and Clarke-Pearson, Biometrics 1988;44:837-845; Sun and Xu, IEEE Signal Process Lett 2014;21:1389-1393; Newcombe, Stat Med 2006;25:559-573 (perfect separation)";

    public override MetricNeeds Needs => MetricNeeds.Probabilities;

    internal override double Value(WeightedBinarySample sample) => DeLong.Area(sample.Rows.Blocks, sample.Rows.Targets, sample.Weights);

    internal override string WhyUndefined(WeightedBinarySample sample) => OneClass(sample);

    internal override Interval? ClosedForm(WeightedBinarySample sample, double value) =>
        sample.Rows.IsClustered ? null : DeLong.Of(sample.Rows, value, sample.Options);

    /// <summary>Perfect separation of patients: Newcombe's interval with patients instead of rows.</summary>
    internal override Interval Degenerate(WeightedBinarySample sample, double value)
    {
        HashSet<int>[] patients = [[], []];
        for (int i = 0; i < sample.Rows.Count; i++)
        {
            patients[sample.Rows.Targets[i]].Add(sample.Rows.Units[i]);
        }
        Interval interval = NewcombeAurocInterval.Of(value, patients[1].Count, patients[0].Count, sample.Options);
        return interval with { Method = $"{sample.Options.Percent} Newcombe interval (method 5) on the number of patients" };
    }
}
