namespace MedTune.Cli.Output;

/// <summary>The main figures, in the order in which they are shown, with their names for people.</summary>
internal static class MetricNames
{
    /// <summary>Of two classes and of several; a part shows those it has.</summary>
    public static IReadOnlyList<(string Name, string Label)> Main { get; } =
    [
        ("auroc", "AUROC"),
        ("auroc_fold_mean", "AUROC, mean over folds"),
        ("macro_auroc", "AUROC, mean over classes"),
        ("average_precision", "average precision"),
        ("log_loss", "log-loss"),
        ("brier", "Brier score"),
        ("calibration_intercept", "calibration intercept"),
        ("calibration_slope", "calibration slope"),
        ("accuracy", "accuracy"),
        ("balanced_accuracy", "balanced accuracy"),
        ("precision", "precision (PPV)"),
        ("recall", "recall (sensitivity)"),
        ("specificity", "specificity"),
        ("npv", "NPV"),
        ("f1", "F1"),
        ("mcc", "Matthews correlation (MCC)"),
        ("macro_precision", "precision, mean over classes"),
        ("macro_recall", "recall, mean over classes"),
        ("macro_f1", "F1, mean over classes"),
        ("set_coverage", "coverage of 90 % sets"),
        ("set_size", "classes per set"),
        ("macro_average_precision", "average precision, mean over findings"),
        ("micro_auroc", "AUROC, all findings pooled"),
        ("micro_average_precision", "average precision, all findings pooled"),
        ("micro_f1", "F1, all findings pooled"),
        ("exact_match", "pictures with every finding right"),
        ("hamming_loss", "findings answered wrongly"),
    ];

    /// <summary>The name of a figure in a part: what is a mean over classes is one over findings there.</summary>
    public static string Of(string name, string label, PartEvaluation part) =>
        part.Multilabel is not null && name.StartsWith("macro_", StringComparison.Ordinal) ? label.Replace("over classes", "over findings", StringComparison.Ordinal) : label;

    /// <summary>The few that a short summary shows.</summary>
    public static IReadOnlyList<string> Short { get; } = ["auroc", "macro_auroc", "log_loss", "calibration_slope", "accuracy"];

    /// <summary>The name of a part of the data for people.</summary>
    public static string PartLabel(string part, bool isGivenApart = false) => part switch
    {
        "oof" => "out of fold",
        "test" => isGivenApart ? "test data" : "sealed part",
        "external" => "new data",
        _ => part,
    };
}
