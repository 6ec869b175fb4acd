namespace MedTune.Reports.Wording;

/// <summary>What is said of models of several findings.</summary>
internal static class FindingWords
{
    private const int MostNamed = 4;
    private const int FewOfAKind = 100;

    private static readonly Known[] All =
    [
        new("macro_auroc", "AUROC, mean over findings", "各征象平均 AUROC",
            "Chance that someone with a finding gets a higher probability for it than someone without, averaged over the findings. 0.5 is a coin toss, 1 is perfect.",
            "有某征象者在该征象上的预测概率高于无该征象者的概率，对各征象取平均。0.5 相当于抛硬币，1 为完美。"),
        new("macro_average_precision", "Average precision, mean over findings", "各征象平均精确率（AP）均值",
            "Share of right flags, averaged over all thresholds and over the findings. Chance gives the share with the finding.",
            "判为有征象者中判断正确的比例，对所有阈值和各征象取平均。随机判断时等于有该征象的比例。"),
        new("macro_f1", "F1, mean over findings", "各征象平均 F1 值",
            "Harmonic mean of sensitivity and precision, averaged over the findings.",
            "灵敏度与精确率的调和平均，对各征象取平均。"),
        new("micro_auroc", "AUROC, all findings pooled", "全部征象合并 AUROC",
            "The same over all pairs of a picture and a finding together: common findings count more, and knowing which are common helps.",
            "将图像与征象的所有组合合并后同样计算：常见征象权重更大，知道哪些征象常见也有帮助。"),
        new("micro_average_precision", "Average precision, all findings pooled", "全部征象合并平均精确率（AP）",
            "Share of right flags over all pairs of a picture and a finding.",
            "图像与征象的所有组合中，判为有征象者判断正确的比例。"),
        new("micro_f1", "F1, all findings pooled", "全部征象合并 F1 值",
            "Harmonic mean of sensitivity and precision over all pairs of a picture and a finding.",
            "图像与征象的所有组合上灵敏度与精确率的调和平均。"),
        new("exact_match", "Every finding right", "所有征象全部判对",
            "Share of pictures in which each finding is answered as it was read.",
            "每个征象的判断均与阅片结论一致的图像比例。"),
        new("hamming_loss", "Answered wrongly", "判断错误率",
            "Share of pairs of a picture and a finding that are answered wrongly. Lower is better.",
            "图像与征象的所有组合中判断错误的比例。越低越好。"),
    ];

    /// <summary>The figures that lead, in their order.</summary>
    public static string[] Leading { get; } = ["macro_auroc", "macro_average_precision", "macro_f1", "micro_auroc", "exact_match", "hamming_loss"];

    /// <summary>A figure over all findings with its name for people.</summary>
    public static MetricRow Labelled(MetricRow row, ReportWords words) =>
        Array.Find(All, known => known.Name == row.Name) is { } found
            ? row with { Label = words.Of(found.Label, found.ChineseLabel), Explanation = words.Of(found.Explanation, found.ChineseExplanation) }
            : row;

    /// <summary>Findings as a noun phrase: their names, or how many they are.</summary>
    public static string Named(IReadOnlyList<string> names, ReportWords words) => names.Count switch
    {
        1 => names[0],
        <= MostNamed => $"{string.Join(words.Comma, names.Take(names.Count - 1))} {words.Of("and", "和")} {names[^1]}",
        var count => words.Of($"{NumberText.Count(count)} findings", $"{NumberText.Count(count)} 个征象"),
    };

    /// <summary>The opening paragraph.</summary>
    public static IReadOnlyList<Phrase> Answer(ReportContent content)
    {
        var (answer, paragraph) = (content.Answer, new Paragraph());
        var words = ReportWords.In(content.Language);
        paragraph.Say(words.Of("This model gives the probability of ", "本模型给出 "))
            .Stress(answer.Outcome)
            .Say(answer.ClassNames.Count > 1
                ? words.Of(
                    $", each by itself: a {answer.SampleNoun} may have none, one or several of them. ",
                    $" 各自的概率：同一{words.Noun(answer.SampleNoun)}可能没有征象，也可能有一个或几个。")
                : words.Of(". ", " 的概率。"));
        Origin(paragraph, content, words);
        if (PartWords.Leading(content) is not { } part)
        {
            return paragraph.Phrases;
        }

        if (MetricCatalog.Find(part.Metrics, "macro_auroc") is { } auroc)
        {
            string interval = words.Interval(auroc.Low, auroc.High, NumberStyle.Decimal);
            string place = PartWords.Place(part, answer, words);
            string pairs = NumberText.Count((long)Math.Round(auroc.Value * 100));
            string area = $"AUROC {NumberText.Decimal(auroc.Value)}{(interval.Length > 0 ? words.Of($", 95% interval {interval}", $"，95% 置信区间 {interval}") : "")}";
            paragraph.Say(words.Of(
                    $"{place} it gave a {answer.SampleNoun} with a finding a higher probability for it than one without in ",
                    $"{place}将有与无某征象的{words.Noun(answer.SampleNoun)}两两配对，"))
                .Stress(words.Of($"{pairs} of 100 pairs", $"每 100 对中有 {pairs} 对"))
                .Say(words.Of(
                    $", averaged over the findings ({area}; chance would be 50). ",
                    $"由模型给有该征象者更高的概率（对各征象取平均；{area}；机遇水平为 50）。"));
        }

        Extremes(paragraph, part, words);
        return paragraph.Phrases;
    }

    private static void Origin(Paragraph paragraph, ReportContent content, ReportWords words)
    {
        var answer = content.Answer;
        string kind = words.Given(answer.ModelKind);
        if (content.Kind == ReportKind.Evaluation)
        {
            paragraph.Say(words.Of($"It is a finished {kind}, applied unchanged. ", $"它是已完成的{kind}，未作改动直接应用。"));
            return;
        }

        string rows = PartWords.Rows(answer.Samples, answer, words);
        string patients = answer.Patients is int count && count != answer.Samples
            ? words.Of($" from {NumberText.Count(count)} patients", $"（来自 {NumberText.Count(count)} 例患者）")
            : "";
        paragraph.Say(words.Of($"It is a {kind}, made with the data of {rows}{patients}. ", $"它是{kind}，所用数据为 {rows}{patients}。"));
    }

    private static void Extremes(Paragraph paragraph, EvaluationPart part, ReportWords words)
    {
        var ranked = part.Findings.Select(finding => (finding.Name, Row: MetricCatalog.Find(finding.Metrics, "auroc"))).Where(pair => pair.Row is not null).OrderBy(pair => pair.Row!.Value).ToList();
        if (ranked.Count > 1 && (Best: NumberText.Decimal(ranked[^1].Row!.Value), Worst: NumberText.Decimal(ranked[0].Row!.Value)) is var (best, worst) && best != worst)
        {
            paragraph.Say(words.Of(
                $"It tells “{ranked[^1].Name}” best (AUROC {best}) and “{ranked[0].Name}” worst ({worst}). ",
                $"对“{ranked[^1].Name}”判断最好（AUROC {best}），对“{ranked[0].Name}”最差（{worst}）。"));
        }

        var few = part.Findings.Where(finding => Math.Min(finding.Positives, part.Samples - finding.Positives) < FewOfAKind).ToList();
        if (few.Count > 0)
        {
            string named = Named([.. few.Select(finding => finding.Name)], words);
            paragraph.Say(words.Of(
                $"Fewer than {NumberText.Count(FewOfAKind)} with or without it stand behind the figures of {named}: read the intervals, not the points. ",
                $"以下征象的指标背后，有或无该征象者不足 {NumberText.Count(FewOfAKind)} 例（{named}）：请看置信区间，而不是点估计。"));
        }
    }

    /// <summary>A figure's words in both languages.</summary>
    private sealed record Known(string Name, string Label, string ChineseLabel, string Explanation, string ChineseExplanation);
}
