using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The figures and curves of one set of rows.</summary>
internal static class PartMapping
{
    // More points than a drawing has pixels to show only make the page heavy.
    private const int MostPoints = 200;

    /// <summary>A part with its predictions.</summary>
    /// <param name="part">The part.</param>
    /// <param name="manifest">The model's.</param>
    /// <param name="record">The run's; null where there is no run.</param>
    /// <param name="words">The report's words.</param>
    public static EvaluationPart Of(PartEvaluation part, Manifest manifest, RunRecord? record, ReportWords words)
    {
        var content = new EvaluationPart
        {
            Kind = Kind(part.Part, record is { IsTestGiven: true }),
            Samples = part.Predictions.Length,
            Metrics = [.. part.Metrics.Select(pair => Row(pair.Key, pair.Value))],
            Sets = SetsMapping.Of(part, manifest),
        };
        return part switch
        {
            { Binary: { } binary } => Two(content, part, binary, manifest, words),
            { Multiclass: { } several } => Several(content, several),
            { Multilabel: { } findings } => FindingsMapping.Of(content, part, findings, words),
            _ => content,
        };
    }

    /// <summary>A part as a model file remembers it: figures without rows. Null when the part is of no kind known.</summary>
    public static EvaluationPart? Of(string name, ImmutableSortedDictionary<string, ManifestEstimate> metrics, Manifest manifest, ReportWords words) =>
        name is "oof" or "test" or "external"
            ? new EvaluationPart
            {

                // The file does not say whether the test rows were sealed or given apart; either way they had no say.
                Kind = Kind(name, isGiven: true),
                Samples = manifest.MeasuredSamples.GetValueOrDefault(name),
                Events = Events(name, metrics, manifest),
                Metrics =
                [
                    .. metrics.Select(pair => new MetricRow(
                        pair.Key, pair.Value.Value ?? double.NaN, pair.Value.Low ?? double.NaN, pair.Value.High ?? double.NaN, pair.Value.Method))
                        .Select(row => manifest.HasFindings ? FindingWords.Labelled(row, words) : row),
                ],
                Threshold = name == "oof" ? null : manifest.Threshold,
                ThresholdRule = manifest.Threshold is null ? "" : ThresholdWords.Of(manifest.ThresholdRule, words),
            }
            : null;

    /// <summary>Rows with the outcome, from their share and the number of rows.</summary>
    private static int? Events(string name, ImmutableSortedDictionary<string, ManifestEstimate> metrics, Manifest manifest) =>
        manifest is { HasFindings: false, Classes.Length: 2 }
        && manifest.MeasuredSamples.TryGetValue(name, out int samples)
        && metrics.TryGetValue("prevalence", out var share)
        && share.Value is { } value
            ? (int)Math.Round(value * samples)
            : null;

    private static PartKind Kind(string name, bool isGiven) => name switch
    {
        "test" => isGiven ? PartKind.GivenTest : PartKind.Test,
        "oof" => PartKind.OutOfFold,
        _ => PartKind.External,
    };

    private static EvaluationPart Two(EvaluationPart content, PartEvaluation part, BinaryEvaluation binary, Manifest manifest, ReportWords words)
    {
        var counts = binary.ConfusionMatrix;
        double[] risks = [.. part.Predictions.Select(prediction => prediction.Probabilities[^1])];
        int[] targets = [.. part.Predictions.Select(prediction => prediction.Target)];
        double[] thresholds = [.. part.Predictions.Select(prediction => prediction.Threshold).Distinct().Order()];
        bool isOne = thresholds.Length == 1;
        return content with
        {
            Events = targets.Sum(),
            Patients = binary.Patients,
            Confusion = ConfusionCounts.OfTwo(
                manifest.Classes[0], manifest.Classes[^1],
                (int)counts.TrueNegatives, (int)counts.FalsePositives, (int)counts.FalseNegatives, (int)counts.TruePositives),
            Threshold = isOne ? thresholds[0] : null,
            ThresholdRule = isOne || thresholds.Length == 0 ? ThresholdWords.Of(manifest.ThresholdRule, words) : PerFold(thresholds, manifest, words),
            Roc = Roc(binary.RocCurve),
            PrecisionRecall = [.. binary.PrecisionRecallCurve.Thinned(MostPoints).Select(point => new CurvePoint(point.Recall, point.Precision))],
            Calibration = Calibration(binary.CalibrationCurve),
            Risks = RiskBin.Histogram(risks, targets),
            DecisionCurve = DecisionCurveMapping.Of(part.Decision),
            Subgroups = SubgroupMapping.Of(part.Subgroups),
        };
    }

    private static string PerFold(double[] sorted, Manifest manifest, ReportWords words)
    {
        bool isYouden = ThresholdRule.TryParse(manifest.ThresholdRule, out var rule) && rule.Kind == ThresholdRuleKind.Youden;
        (string low, string high) = (NumberText.Probability(sorted[0]), NumberText.Probability(sorted[^1]));
        return words.Of(
            $"one for each fold, from {low} to {high}, chosen without that fold{(isYouden ? " by Youden's J" : "")}",
            $"每折一个，由 {low} 到 {high}，选定时不用该折{(isYouden ? "，按约登指数（Youden J）" : "")}");
    }

    private static EvaluationPart Several(EvaluationPart content, MulticlassEvaluation several)
    {
        var matrix = several.ConfusionMatrix;
        int classes = matrix.ClassNames.Length;
        return content with
        {
            Patients = several.Patients,
            Confusion = new ConfusionCounts(
                matrix.ClassNames,
                [.. Enumerable.Range(0, classes).Select(target => (IReadOnlyList<int>)[.. Enumerable.Range(0, classes).Select(answer => (int)matrix[target, answer])])]),
            Classes =
            [
                .. several.Classes.Select(each => new ClassPart
                {
                    Name = each.Name,
                    Samples = each.Count,
                    Metrics = [.. each.Metrics.Select(pair => Row(pair.Key, pair.Value))],
                    Roc = Roc(each.RocCurve),
                    Calibration = Calibration(each.CalibrationCurve),
                }),
            ],
        };
    }

    /// <summary>A figure.</summary>
    public static MetricRow Row(string name, Estimate estimate) => new(name, estimate.Value, estimate.Low, estimate.High, estimate.Method);

    /// <summary>A ROC curve as a drawing.</summary>
    public static IReadOnlyList<CurvePoint> Roc(RocCurve curve) =>
        [.. curve.Thinned(MostPoints).Select(point => new CurvePoint(point.FalsePositiveRate, point.TruePositiveRate))];

    /// <summary>A calibration curve as a drawing.</summary>
    public static CalibrationContent Calibration(CalibrationCurve curve) => new()
    {
        Groups = [.. curve.Groups.Select(group => new RiskGroup(group.MeanPredicted, group.Observed.Value, group.Observed.Low, group.Observed.High, group.Count))],
        Curve = [.. curve.Smooth.Select(point => new BandPoint(point.Predicted, point.Observed, point.Low, point.High))],
    };
}
