namespace MedTune.Evaluation;

/// <summary>Mean over the classes of the share of its rows that were called it; the same figure as balanced accuracy.</summary>
internal sealed class MacroRecallMetric : MacroMetric
{
    public override string Name => "macro_recall";

    public override string Title => "Recall, mean of classes";

    public override string Meaning => "Mean over the classes of the share of its rows that were called it; the same figure as balanced accuracy.";

    public override string Citation =>
        "Sokolova and Lapalme, Inf Process Manage 2009;45:427-437; classes without rows are left out; Zou and Donner, Stat Med 2008;27:1693-1702 (interval)";

    internal override Interval? ClosedForm(WeightedMulticlassSample sample, double value) => OfRecalls(sample, value);

    private protected override double OfClass(ConfusionMatrix cells) => Ratio(cells.TruePositives, cells.Positives);
}
