using MedTune.Data.Images;

namespace MedTune.Reports.Wording;

/// <summary>What is said about pictures.</summary>
internal static class ImageWords
{
    /// <summary>Why pictures are left out.</summary>
    public static string Reason(ImageExclusion reason) => reason switch
    {
        ImageExclusion.Unreadable => "cannot be read",
        ImageExclusion.Unlabelled => "have no label",
        ImageExclusion.Tiny => "have a side of fewer than 16 pixels",
        ImageExclusion.Blank => "show nothing",
        _ => "are almost the same as one that tests or validates",
    };

    /// <summary>Where a judged picture is from.</summary>
    public static string Part(string part) => part == "test" ? "not trained with" : "judged out of fold";

    /// <summary>The letter by which a case without a name is spoken of.</summary>
    public static string Letter(int place) => ((char)('A' + (place % 26))).ToString();

    /// <summary>Why a picture should be read again.</summary>
    public static string Hard(string reason) => reason switch
    {
        "mislabelled" => "probably the wrong label",
        "ambiguous" => "between the classes",
        "rare" => "few like it",
        _ => reason,
    };

    /// <summary>A kind of loss in words.</summary>
    public static string Loss(string name) => name switch
    {
        "jpeg" => "JPEG losses",
        "contrast" => "less contrast",
        "resolution" => "coarser pixels",
        _ => name,
    };

    /// <summary>The metric of the robustness.</summary>
    public static string Metric(string name) => name switch
    {
        "accuracy" => "Accuracy",
        "macro_auroc" => "AUROC, mean over the findings",
        _ => "AUROC",
    };

    /// <summary>Title of the robustness chart: which loss costs most.</summary>
    public static string Robustness(ImageRobustness robustness)
    {
        var worst = robustness.Rows.Where(row => row.Values.Length > 1 && row.Values[0].IsDefined && row.Values[^1].IsDefined).MinBy(row => row.Values[^1].Value - row.Values[0].Value);
        if (worst is null)
        {
            return "How it bears losses of quality";
        }

        string figures = $"{NumberText.Decimal(worst.Values[0].Value, 2)} to {NumberText.Decimal(worst.Values[^1].Value, 2)}";
        return worst.Values[^1].Value < worst.Values[0].Value
            ? $"{ChartWords.Sentence(Loss(worst.Name))} at the highest level costs most: from {figures}"
            : "None of the losses makes it worse";
    }

    /// <summary>What the check for shortcuts found, in a sentence.</summary>
    public static string Shortcut(ShortcutFigures figures)
    {
        string figure = NumberText.WithInterval(figures.Auroc.Value, figures.Auroc.Low, figures.Auroc.High, NumberStyle.Decimal);
        string label = figures.Class is { } name ? $"“{name}” (told best of all)" : "the label";
        return figures.IsSuspicious
            ? $"How the pictures were taken tells {label} with an AUROC of {figure}, without a look at what they show. The model may have learned that: judge it at another site before it is believed."
            : $"How the pictures were taken does not tell {label} beyond doubt: AUROC {figure}; the lower end of the interval would have to reach {NumberText.Decimal(ShortcutFigures.Limit, 1)}.";
    }

    /// <summary>"Chest pain: answered “ill” with 93%, truly “well”": a case in a sentence.</summary>
    public static string Case(PictureCase each) => each.IsRight
        ? $"“{each.Answer}” with {NumberText.Percent(each.Probability)}, rightly"
        : $"“{each.Answer}” with {NumberText.Percent(each.Probability)}; true: “{each.Truth}”";
}
