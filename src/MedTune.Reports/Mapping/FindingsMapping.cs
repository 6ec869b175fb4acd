using MedTune.Evaluation;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The figures of a model of several findings.</summary>
internal static class FindingsMapping
{
    /// <summary>Finding by finding, on one set of rows.</summary>
    public static EvaluationPart Of(EvaluationPart content, PartEvaluation part, MultilabelEvaluation several, ReportWords words) => content with
    {
        Metrics = [.. content.Metrics.Select(row => FindingWords.Labelled(row, words))],
        Patients = several.Patients,
        Findings =
        [
            .. several.Findings.Select((finding, place) => new FindingPart
            {
                Name = finding.Name,
                Positives = finding.Positives,
                Threshold = Threshold([.. part.Predictions.Select(prediction => prediction.Thresholds[place]).Distinct().Order()], words),
                Metrics = [.. finding.Metrics.Select(pair => PartMapping.Row(pair.Key, pair.Value))],
                Roc = finding.Evaluation is { } found ? PartMapping.Roc(found.RocCurve) : [],
                Calibration = finding.Evaluation is { } curve ? PartMapping.Calibration(curve.CalibrationCurve) : null,
            }),
        ],
    };

    /// <summary>How the thresholds came about, in a sentence; null for classes.</summary>
    public static string? Thresholds(Manifest manifest, ReportWords words)
    {
        if (manifest.Thresholds is not { } thresholds)
        {
            return null;
        }

        (string low, string high) = (NumberText.Probability(thresholds.Min()), NumberText.Probability(thresholds.Max()));
        string rule = ThresholdWords.Of(manifest.ThresholdRule, words);
        return words.Of($"One for each finding, from {low} to {high}, {rule}", $"每个征象一个，由 {low} 到 {high}，{rule}");
    }

    private static string Threshold(double[] sorted, ReportWords words) => sorted switch
    {
        [] => "",
        [var one] => NumberText.Probability(one),
        _ => words.Range(NumberText.Probability(sorted[0]), NumberText.Probability(sorted[^1])),
    };
}
