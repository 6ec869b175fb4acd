namespace MedTune.Evaluation;

/// <summary>Mean over the classes of the share of its rows that were called right: 1 over the number of classes for a coin.</summary>
internal sealed class MulticlassBalancedAccuracyMetric : MacroMetric
{
    public override string Name => "balanced_accuracy";

    public override string Title => "Balanced accuracy";

    public override string Meaning => "Mean over the classes of the share of its rows that were called right: 1 over the number of classes for a coin.";

    public override string Citation => "Brodersen et al., ICPR 2010:3121-3124; classes without rows are left out; Zou and Donner, Stat Med 2008;27:1693-1702 (interval)";

    internal override Interval? ClosedForm(WeightedMulticlassSample sample, double value) => OfRecalls(sample, value);

    private protected override double OfClass(ConfusionMatrix cells) => Ratio(cells.TruePositives, cells.Positives);
}
