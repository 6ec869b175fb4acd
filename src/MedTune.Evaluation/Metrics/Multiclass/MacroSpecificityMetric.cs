namespace MedTune.Evaluation;

/// <summary>Mean over the classes of the share of other rows that were not called that class.</summary>
internal sealed class MacroSpecificityMetric : MacroMetric
{
    public override string Name => "macro_specificity";

    public override string Title => "Specificity, mean of classes";

    public override string Meaning => "Mean over the classes of the share of other rows that were not called that class.";

    internal override string WhyUndefined => "undefined: all rows are of one class";

    internal override double Value(WeightedMulticlassSample sample)
    {
        for (int k = 0; k < sample.Rows.Classes; k++)
        {
            if (sample.Cells(k).Negatives == 0)
            {
                return double.NaN;
            }
        }
        return base.Value(sample);
    }

    private protected override double OfClass(ConfusionMatrix cells) => Ratio(cells.TrueNegatives, cells.Negatives);
}
