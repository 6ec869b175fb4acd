using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>Mean over the folds of the area under the ROC curve within each fold.</summary>
internal sealed class AurocFoldMeanMetric : BinaryMetric
{
    public override string Name => "auroc_fold_mean";

    public override string Title => "AUROC, mean over folds";

    public override string Meaning => "Mean of the AUROC within each fold; probabilities of different folds' models are never compared with each other.";

    public override string Citation => "Nadeau and Bengio, Machine Learning 2003;52:239-281 (variance over folds)";

    public override MetricNeeds Needs => MetricNeeds.Probabilities | MetricNeeds.Folds;

    internal override double Value(WeightedBinarySample sample)
    {
        double[] areas = FoldAreas.Of(sample.Rows, sample.Weights, out _);
        return areas.Length == 0 ? double.NaN : MeanInterval.Mean(areas);
    }

    internal override string WhyUndefined(WeightedBinarySample sample) => "undefined: no fold holds both classes";

    /// <summary>The spread over folds is the interval's source with and without repeated patients: folds never share one.</summary>
    internal override Interval? ClosedForm(WeightedBinarySample sample, double value)
    {
        double[] areas = FoldAreas.Of(sample.Rows, sample.Weights, out int skipped);
        string note = skipped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {skipped} folds with one class left out");
        return FoldInterval.Of(areas, value, sample.Options, note).Within(0, 1);
    }
}
