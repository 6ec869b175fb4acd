namespace MedTune.Reports.Wording;

/// <summary>The titles of charts: each states what the chart shows, not what it is.</summary>
internal static class ChartWords
{
    /// <summary>Title of a ROC chart.</summary>
    public static string Ranking(IReadOnlyList<MetricRow> metrics, AnswerContent answer, ReportWords words) => MetricCatalog.Find(metrics, "auroc") switch
    {
        { Low: <= 0.5 } => words.Of("Chance cannot be ruled out as the explanation of its ranking", "不能排除其排序出于偶然"),
        { } row => words.Of(
            $"In {Pairs(row)} of 100 pairs, the {answer.SampleNoun} with the outcome gets the higher risk",
            $"每 100 对中有 {Pairs(row)} 对，结局阳性的{words.Noun(answer.SampleNoun)}获得更高的风险"),
        null => words.Of("Sensitivity against false alarms", "灵敏度与假阳性"),
    };

    /// <summary>Title of a calibration chart.</summary>
    public static string Calibration(IReadOnlyList<MetricRow> metrics, AnswerContent answer, ReportWords words)
    {
        string finding = CalibrationWords.Finding(metrics, answer.SampleNounPlural, words);
        if (finding.Length == 0)
        {
            return words.Of("Predicted against observed risk", "预测风险与观察风险");
        }

        finding = finding.Replace("its probabilities", "predicted risks", StringComparison.Ordinal);
        return Sentence(finding);
    }

    /// <summary>The text with a capital at its start.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>What stands beside a threshold's mark.</summary>
    public static string Threshold(double? threshold, ReportWords words) => threshold is double value
        ? $"{words.Of("threshold", "阈值")} {NumberText.Probability(value)}"
        : words.Of("threshold", "阈值");

    /// <summary>Title of a precision-recall chart.</summary>
    public static string Precision(IReadOnlyList<MetricRow> metrics, double prevalence, ReportWords words) =>
        MetricCatalog.Find(metrics, "average_precision") is { } row
            ? double.IsNaN(prevalence)
                ? words.Of($"Average precision {NumberText.Decimal(row.Value, 2)}", $"平均精确率 {NumberText.Decimal(row.Value, 2)}")
                : words.Of(
                    $"Average precision {NumberText.Decimal(row.Value, 2)}, against {NumberText.Decimal(prevalence, 2)} by chance",
                    $"平均精确率 {NumberText.Decimal(row.Value, 2)}，机遇水平为 {NumberText.Decimal(prevalence, 2)}")
            : words.Of("How precision falls as more are found", "检出增多时精确率如何下降");

    /// <summary>Title of a chart of risks by outcome: where the middle of each side lies.</summary>
    public static string Risks(IReadOnlyList<RiskBin> bins, ReportWords words)
    {
        RiskBin? with = Median(bins, bin => bin.With);
        RiskBin? without = Median(bins, bin => bin.Without);
        if (with is not { } high || without is not { } low)
        {
            return words.Of("Predicted risks", "预测风险");
        }

        return high.Low >= low.High
            ? words.Of(
                $"Half of those with the outcome get a risk of {NumberText.Percent(high.Low)} or more, half of the others {NumberText.Percent(low.High)} or less",
                $"半数结局阳性者的风险不低于 {NumberText.Percent(high.Low)}，半数阴性者不高于 {NumberText.Percent(low.High)}")
            : words.Of(
                $"The middle risk is {Range(high, words)} with the outcome and {Range(low, words)} without it",
                $"风险中位数：结局阳性者 {Range(high, words)}，阴性者 {Range(low, words)}");
    }

    /// <summary>Title of a confusion matrix of two classes.</summary>
    public static string Confusion(ConfusionCounts confusion, AnswerContent answer, ReportWords words)
    {
        int right = 0;
        int total = 0;
        for (int row = 0; row < confusion.Counts.Count; row++)
        {
            total += confusion.Counts[row].Sum();
            right += row < confusion.Counts[row].Count ? confusion.Counts[row][row] : 0;
        }

        string rows = PartWords.Rows(total, answer, words);
        string text = words.Of($"{NumberText.Count(right)} of {rows} classified correctly", $"{rows}中判对 {NumberText.Count(right)} 例");
        return confusion.Counts is [[_, int falseAlarms], [int missed, _]]
            ? words.Of(
                $"{text}: {NumberText.Count(missed)} missed, {NumberText.Count(falseAlarms)} false {(falseAlarms == 1 ? "alarm" : "alarms")}",
                $"{text}：漏诊 {NumberText.Count(missed)} 例，误诊 {NumberText.Count(falseAlarms)} 例")
            : text;
    }

    /// <summary>Title of a chart of effects: the names of the strongest.</summary>
    public static string Effects(IReadOnlyList<EffectRow> sorted, EffectScale scale, ReportWords words)
    {
        string[] names = [.. sorted.Take(3).Select(row => Shortened(row.Name))];
        bool isSize = scale == EffectScale.Importance;
        string verb = isSize ? "matter most" : "move the risk most";
        string chinese = isSize ? "影响最大" : "对风险影响最大";
        return names.Length switch
        {
            0 => words.Of("No effects", "无效应"),
            1 => words.Of(isSize ? $"{names[0]} matters" : $"{names[0]} moves the risk", isSize ? $"{names[0]} 有影响" : $"{names[0]} 影响风险"),
            2 => words.Of($"{names[0]} and {names[1]} {verb}", $"{names[0]} 和 {names[1]} {chinese}"),
            _ => words.Of($"{names[0]}, {names[1]} and {names[2]} {verb}", $"{names[0]}、{names[1]} 和 {names[2]} {chinese}"),
        };
    }

    /// <summary>A name that fits a title.</summary>
    public static string Shortened(string name, int most = 40)
    {
        if (name.Length <= most)
        {
            return name;
        }

        int end = char.IsHighSurrogate(name[most - 2]) ? most - 2 : most - 1;
        return name[..end] + "\u2026";
    }

    /// <summary>A bin of a histogram of risks.</summary>
    public static string Bin(RiskBin bin, ReportWords words) => words.Of(
        $"Risk {NumberText.Percent(bin.Low)} to {NumberText.Percent(bin.High)}: {NumberText.Count(bin.With)} with, {NumberText.Count(bin.Without)} without the outcome",
        $"风险 {NumberText.Percent(bin.Low)}～{NumberText.Percent(bin.High)}：结局阳性 {NumberText.Count(bin.With)} 例，阴性 {NumberText.Count(bin.Without)} 例");

    private static long Pairs(MetricRow auroc) => (long)Math.Round(auroc.Value * 100);

    private static string Range(RiskBin bin, ReportWords words) => words.Range(NumberText.Percent(bin.Low), NumberText.Percent(bin.High));

    private static RiskBin? Median(IReadOnlyList<RiskBin> bins, Func<RiskBin, int> count)
    {
        long total = bins.Sum(bin => (long)count(bin));
        long seen = 0;
        foreach (RiskBin bin in bins)
        {
            seen += count(bin);
            if (total > 0 && seen * 2 >= total)
            {
                return bin;
            }
        }

        return null;
    }
}
