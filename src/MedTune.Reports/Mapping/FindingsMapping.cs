using MedTune.Evaluation;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The figures of a model of several findings.</summary>
internal static class FindingsMapping
{
    /// <summary>Finding by finding, on one set of rows.</summary>
    public static EvaluationPart Of(EvaluationPart content, PartEvaluation part, MultilabelEvaluation several) => content with
    {
        Metrics = [.. content.Metrics.Select(FindingWords.Labelled)],
        Patients = several.Patients,
        Findings =
        [
            .. several.Findings.Select((finding, place) => new FindingPart
            {
                Name = finding.Name,
                Positives = finding.Positives,
                Threshold = Threshold([.. part.Predictions.Select(prediction => prediction.Thresholds[place]).Distinct().Order()]),
                Metrics = [.. finding.Metrics.Select(pair => PartMapping.Row(pair.Key, pair.Value))],
                Roc = finding.Evaluation is { } found ? PartMapping.Roc(found.RocCurve) : [],
                Calibration = finding.Evaluation is { } curve ? PartMapping.Calibration(curve.CalibrationCurve) : null,
            }),
        ],
    };

    /// <summary>How the thresholds came about, in a sentence; null for classes.</summary>
    public static string? Thresholds(Manifest manifest) => manifest.Thresholds is { } thresholds
        ? $"One for each finding, from {NumberText.Probability(thresholds.Min())} to {NumberText.Probability(thresholds.Max())}, {ThresholdWords.Of(manifest.ThresholdRule)}"
        : null;

    private static string Threshold(double[] sorted) => sorted switch
    {
        [] => "",
        [var one] => NumberText.Probability(one),
        _ => $"{NumberText.Probability(sorted[0])} to {NumberText.Probability(sorted[^1])}",
    };
}
