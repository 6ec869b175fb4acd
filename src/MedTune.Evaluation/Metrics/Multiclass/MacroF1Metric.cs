namespace MedTune.Evaluation;

/// <summary>Mean over the classes of the harmonic mean of precision and recall; a class that is never called right counts as 0.</summary>
internal sealed class MacroF1Metric : MacroMetric
{
    public override string Name => "macro_f1";

    public override string Title => "F1, mean of classes";

    public override string Meaning => "Mean over the classes of the harmonic mean of precision and recall; a class that is never called right counts as 0.";

    private protected override double OfClass(ConfusionMatrix cells) => Ratio(2 * cells.TruePositives, cells.Positives + cells.CalledPositive);
}
