namespace MedTune.Evaluation;

/// <summary>Mean over the classes of the share of right calls among the rows called that class; a class that is never called counts as 0.</summary>
internal sealed class MacroPrecisionMetric : MacroMetric
{
    public override string Name => "macro_precision";

    public override string Title => "Precision, mean of classes";

    public override string Meaning => "Mean over the classes of the share of right calls among the rows called that class; a class that is never called counts as 0.";

    private protected override double OfClass(ConfusionMatrix cells) => Ratio(cells.TruePositives, cells.CalledPositive);
}
