using System.Collections.Frozen;

namespace MedTune.Reports.Wording;

/// <summary>The metrics the report knows, in the order in which it shows them.</summary>
internal static class MetricCatalog
{
    private static readonly MetricDescription[] Known =
    [
        new("auroc", "AUROC", "Chance that someone with the outcome gets a higher risk than someone without. 0.5 is a coin toss, 1 is perfect.", MetricGroup.Ranking, NumberStyle.Decimal),
        new("auroc_fold_mean", "AUROC, mean over folds", "The same inside each fold, then averaged: the figure to hold against published cross-validations.", MetricGroup.Ranking, NumberStyle.Decimal),
        new("macro_auroc", "AUROC, mean over classes", "Chance that a member of a class gets a higher probability for it than a non-member, averaged over the classes.", MetricGroup.Ranking, NumberStyle.Decimal),
        new("average_precision", "Average precision", "Share of right flags, averaged over all thresholds. Chance gives the share with the outcome.", MetricGroup.Ranking, NumberStyle.Decimal),
        new("calibration_slope", "Calibration slope", "1 is ideal. Below 1, high risks are too high and low ones too low; above 1, risks are not spread enough.", MetricGroup.Probabilities, NumberStyle.Coarse),
        new("calibration_intercept", "Calibration intercept", "0 is ideal. Above 0, risks are too low on the whole; below 0, too high.", MetricGroup.Probabilities, NumberStyle.Coarse),
        new("observed_expected_ratio", "Observed to expected", "Outcomes seen for each one predicted. 1 is ideal.", MetricGroup.Probabilities, NumberStyle.Coarse),
        new("ece", "Calibration error", "Mean distance between predicted and observed risk over groups of alike risk. 0 is ideal.", MetricGroup.Probabilities, NumberStyle.Decimal),
        new("log_loss", "Log-loss", "Price of wrong probabilities, confident errors costing most. 0 is perfect; lower is better.", MetricGroup.Probabilities, NumberStyle.Decimal),
        new("brier", "Brier score", "Mean squared distance between probability and outcome. 0 is perfect; lower is better.", MetricGroup.Probabilities, NumberStyle.Decimal),
        new("scaled_brier", "Scaled Brier score", "Share of the Brier score of knowing only how common the outcome is that the model saves. 1 is perfect, 0 is no gain.", MetricGroup.Probabilities, NumberStyle.Decimal),
        new("recall", "Sensitivity (recall)", "Of those with the outcome, the share that is flagged.", MetricGroup.Decision, NumberStyle.Percent),
        new("specificity", "Specificity", "Of those without the outcome, the share that is not flagged.", MetricGroup.Decision, NumberStyle.Percent),
        new("precision", "Positive predictive value (precision)", "Of those flagged, the share that has the outcome. Falls where the outcome is rarer.", MetricGroup.Decision, NumberStyle.Percent),
        new("npv", "Negative predictive value", "Of those not flagged, the share that is free of the outcome.", MetricGroup.Decision, NumberStyle.Percent),
        new("likelihood_ratio_positive", "Likelihood ratio of a flag", "How many times a flag multiplies the odds of the outcome.", MetricGroup.Decision, NumberStyle.Coarse),
        new("likelihood_ratio_negative", "Likelihood ratio of no flag", "What not being flagged multiplies the odds of the outcome by.", MetricGroup.Decision, NumberStyle.Coarse),
        new("accuracy", "Accuracy", "Share of right answers. Says little where one answer is much more common.", MetricGroup.Decision, NumberStyle.Percent),
        new("balanced_accuracy", "Balanced accuracy", "Share of right answers, averaged over the classes so that each counts the same.", MetricGroup.Decision, NumberStyle.Percent),
        new("f1", "F1", "Harmonic mean of sensitivity and positive predictive value.", MetricGroup.Decision, NumberStyle.Decimal),
        new("mcc", "Matthews correlation", "Agreement between answer and truth: 0 is chance, 1 is perfect.", MetricGroup.Decision, NumberStyle.Decimal),
        new("macro_recall", "Sensitivity, mean over classes", "Of the members of a class, the share that is given it, averaged over the classes.", MetricGroup.Decision, NumberStyle.Percent),
        new("macro_specificity", "Specificity, mean over classes", "Of those outside a class, the share that is not given it, averaged over the classes.", MetricGroup.Decision, NumberStyle.Percent),
        new("macro_precision", "Precision, mean over classes", "Of those given a class, the share that belongs to it, averaged over the classes.", MetricGroup.Decision, NumberStyle.Percent),
        new("macro_f1", "F1, mean over classes", "Harmonic mean of sensitivity and precision, averaged over the classes.", MetricGroup.Decision, NumberStyle.Decimal),
        new("set_coverage", "Coverage of prediction sets", "How often the set of classes that cannot be ruled out holds the true one; 90 % was asked for.", MetricGroup.Other, NumberStyle.Percent),
        new("set_size", "Classes per prediction set", "1 is a plain answer; more cannot be told apart; 0 is unlike what the model knows.", MetricGroup.Other, NumberStyle.Coarse),
        new("prevalence", "Share with the outcome", "How common the outcome is among these rows.", MetricGroup.Other, NumberStyle.Percent),
    ];

    private static readonly FrozenDictionary<string, int> Places =
        Known.Select((description, place) => (description.Name, place))
            .ToFrozenDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);

    /// <summary>How to show a metric; the row's own label and explanation win over the catalog's.</summary>
    public static MetricDescription Describe(MetricRow row)
    {
        MetricDescription description = Places.TryGetValue(row.Name, out int place)
            ? Known[place]
            : new MetricDescription(row.Name, Readable(row.Name), "", MetricGroup.Other, NumberStyle.Decimal);
        return description with
        {
            Label = row.Label.Length > 0 ? row.Label : description.Label,
            Explanation = row.Explanation.Length > 0 ? row.Explanation : description.Explanation,
        };
    }

    /// <summary>The rows in the order of the catalog, unknown ones last in their given order.</summary>
    public static IReadOnlyList<MetricRow> Sorted(IEnumerable<MetricRow> rows) =>
        [.. rows.OrderBy(row => Places.GetValueOrDefault(row.Name, int.MaxValue))];

    /// <summary>The metric of this name, or null when the part does not have it or its value is not a finite number.</summary>
    public static MetricRow? Find(IReadOnlyList<MetricRow> rows, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            foreach (MetricRow row in rows)
            {
                if (string.Equals(row.Name, name, StringComparison.Ordinal) && double.IsFinite(row.Value))
                {
                    return row;
                }
            }
        }

        return null;
    }

    private static string Readable(string name)
    {
        string text = name.Replace('_', ' ');
        return text.Length == 0 ? "Unnamed" : char.ToUpperInvariant(text[0]) + text[1..];
    }
}
