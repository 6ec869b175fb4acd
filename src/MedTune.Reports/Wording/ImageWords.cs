using MedTune.Data.Images;

namespace MedTune.Reports.Wording;

/// <summary>What is said about pictures.</summary>
internal static class ImageWords
{
    private const string Present = ": present", Absent = ": absent";

    /// <summary>Why pictures are left out.</summary>
    public static string Reason(ImageExclusion reason, ReportWords words) => reason switch
    {
        ImageExclusion.Unreadable => words.Of("cannot be read", "无法读取"),
        ImageExclusion.Unlabelled => words.Of("have no label", "没有标签"),
        ImageExclusion.Tiny => words.Of("have a side of fewer than 16 pixels", "某一边不足 16 像素"),
        ImageExclusion.Blank => words.Of("show nothing", "无内容"),
        _ => words.Of("are almost the same as one that tests or validates", "与测试或验证图像几乎相同"),
    };

    /// <summary>Where a judged picture is from.</summary>
    public static string Part(string part, ReportWords words) => part == "test" ? words.Of("not trained with", "未用于训练") : words.Of("judged out of fold", "折外评价");

    /// <summary>The letter by which a case without a name is spoken of.</summary>
    public static string Letter(int place) => ((char)('A' + (place % 26))).ToString();

    /// <summary>Why a picture should be read again.</summary>
    public static string Hard(string reason, ReportWords words) => reason switch
    {
        "mislabelled" => words.Of("probably the wrong label", "标签可能有误"),
        "ambiguous" => words.Of("between the classes", "介于类别之间"),
        "rare" => words.Of("few like it", "同类罕见"),
        _ => reason,
    };

    /// <summary>A kind of loss in words.</summary>
    public static string Loss(string name, ReportWords words) => name switch
    {
        "jpeg" => words.Of("JPEG losses", "JPEG 压缩损失"),
        "contrast" => words.Of("less contrast", "对比度降低"),
        "resolution" => words.Of("coarser pixels", "分辨率降低"),
        _ => words.Given(name),
    };

    /// <summary>The metric of the robustness.</summary>
    public static string Metric(string name, ReportWords words) => name switch
    {
        "accuracy" => words.Of("Accuracy", "准确率"),
        "macro_auroc" => words.Of("AUROC, mean over the findings", "各征象平均 AUROC"),
        _ => "AUROC",
    };

    /// <summary>Title of the robustness chart: which loss costs most.</summary>
    public static string Robustness(ImageRobustness robustness, ReportWords words)
    {
        var worst = robustness.Rows.Where(row => row.Values.Length > 1 && row.Values[0].IsDefined && row.Values[^1].IsDefined).MinBy(row => row.Values[^1].Value - row.Values[0].Value);
        if (worst is null)
        {
            return words.Of("How it bears losses of quality", "图像质量下降时的表现");
        }

        (string from, string to) = (NumberText.Decimal(worst.Values[0].Value, 2), NumberText.Decimal(worst.Values[^1].Value, 2));
        string loss = Loss(worst.Name, words);
        return worst.Values[^1].Value < worst.Values[0].Value
            ? words.Of($"{ChartWords.Sentence(loss)} at the highest level costs most: from {from} to {to}", $"最高等级的{loss}影响最大：由 {from} 降至 {to}")
            : words.Of("None of the losses makes it worse", "各种质量损失均未使其变差");
    }

    /// <summary>What the check for shortcuts found, in a sentence.</summary>
    public static string Shortcut(ShortcutFigures figures, ReportWords words)
    {
        string figure = words.WithInterval(figures.Auroc.Value, figures.Auroc.Low, figures.Auroc.High, NumberStyle.Decimal);
        string label = figures.Class is { } name ? words.Of($"“{name}” (told best of all)", $"“{name}”（判断得最准的一类）") : words.Of("the label", "标签");
        return figures.IsSuspicious
            ? words.Of(
                $"How the pictures were taken tells {label} with an AUROC of {figure}, without a look at what they show. The model may have learned that: judge it at another site before it is believed.",
                $"仅凭图像的采集方式、不看图像内容，即可判断{label}，AUROC 为 {figure}。模型可能学到了这一点：请先在另一中心评价再采信。")
            : words.Of(
                $"How the pictures were taken does not tell {label} beyond doubt: AUROC {figure}; the lower end of the interval would have to reach {NumberText.Decimal(ShortcutFigures.Limit, 1)}.",
                $"图像的采集方式不足以判断{label}：AUROC 为 {figure}；置信区间下限须达到 {NumberText.Decimal(ShortcutFigures.Limit, 1)} 才算。");
    }

    /// <summary>"Chest pain: answered “ill” with 93%, truly “well”": a case in a sentence.</summary>
    public static string Case(PictureCase each, ReportWords words)
    {
        (string answer, string truth, string share) = (Label(each.Answer, words), Label(each.Truth, words), NumberText.Percent(each.Probability));
        return each.IsRight
            ? words.Of($"“{answer}” with {share}, rightly", $"判为“{answer}”，概率 {share}，正确")
            : words.Of($"“{answer}” with {share}; true: “{truth}”", $"判为“{answer}”，概率 {share}；实为“{truth}”");
    }

    /// <summary>The label of a picture; of several findings it says which are there, or whether one is.</summary>
    public static string Label(string label, ReportWords words) => label switch
    {
        "no label" => words.Of(label, "无标签"),
        "no finding" => words.Of(label, "无征象"),
        _ when label.EndsWith(Present, StringComparison.Ordinal) => words.Of(label, label[..^Present.Length] + "：有"),
        _ when label.EndsWith(Absent, StringComparison.Ordinal) => words.Of(label, label[..^Absent.Length] + "：无"),
        _ => label,
    };
}
