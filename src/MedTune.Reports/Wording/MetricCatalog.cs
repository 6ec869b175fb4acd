using System.Collections.Frozen;

namespace MedTune.Reports.Wording;

/// <summary>The metrics the report knows, in the order in which it shows them.</summary>
internal static class MetricCatalog
{
    private static readonly Known[] All = [.. Ranking(), .. Probabilities(), .. Decisions(), .. Averages()];

    private static readonly FrozenDictionary<string, int> Places =
        All.Select((metric, place) => (metric.Name, place))
            .ToFrozenDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);

    /// <summary>How to show a metric; the row's own label and explanation win over the catalog's.</summary>
    public static MetricDescription Describe(MetricRow row, ReportWords words)
    {
        MetricDescription description = Places.TryGetValue(row.Name, out int place)
            ? All[place].In(words)
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

    /// <summary>A label without the remark in brackets at its end.</summary>
    public static string Short(string label)
    {
        int end = label.EndsWith(')') ? label.IndexOf(" (", StringComparison.Ordinal) : label.EndsWith('）') ? label.IndexOf('（', StringComparison.Ordinal) : -1;
        return end > 0 ? label[..end] : label;
    }

    private static Known[] Ranking() =>
    [
        new("auroc", "AUROC", "AUROC（受试者工作特征曲线下面积）",
            "Chance that someone with the outcome gets a higher risk than someone without. 0.5 is a coin toss, 1 is perfect.",
            "结局阳性者的预测风险高于阴性者的概率。0.5 相当于抛硬币，1 为完美。", MetricGroup.Ranking, NumberStyle.Decimal),
        new("auroc_fold_mean", "AUROC, mean over folds", "各折平均 AUROC",
            "The same inside each fold, then averaged: the figure to hold against published cross-validations.",
            "先在每一折内计算再取平均：用于与已发表的交叉验证结果比较。", MetricGroup.Ranking, NumberStyle.Decimal),
        new("macro_auroc", "AUROC, mean over classes", "各类别平均 AUROC",
            "Chance that a member of a class gets a higher probability for it than a non-member, averaged over the classes.",
            "某类别成员在该类别上的预测概率高于非成员的概率，对各类别取平均。", MetricGroup.Ranking, NumberStyle.Decimal),
        new("average_precision", "Average precision", "平均精确率（AP）",
            "Share of right flags, averaged over all thresholds. Chance gives the share with the outcome.",
            "判为阳性者中判断正确的比例，对所有阈值取平均。随机判断时等于结局阳性的比例。", MetricGroup.Ranking, NumberStyle.Decimal),
    ];

    private static Known[] Probabilities() =>
    [
        new("calibration_slope", "Calibration slope", "校准斜率",
            "1 is ideal. Below 1, high risks are too high and low ones too low; above 1, risks are not spread enough.",
            "理想值为 1。小于 1 时高风险偏高、低风险偏低；大于 1 时风险拉开不够。", MetricGroup.Probabilities, NumberStyle.Coarse),
        new("calibration_intercept", "Calibration intercept", "校准截距",
            "0 is ideal. Above 0, risks are too low on the whole; below 0, too high.",
            "理想值为 0。大于 0 时风险整体偏低；小于 0 时整体偏高。", MetricGroup.Probabilities, NumberStyle.Coarse),
        new("observed_expected_ratio", "Observed to expected", "观察/预期比（O/E）",
            "Outcomes seen for each one predicted. 1 is ideal.", "实际结局数与预测结局数之比。理想值为 1。", MetricGroup.Probabilities, NumberStyle.Coarse),
        new("ece", "Calibration error", "校准误差（ECE）",
            "Mean distance between predicted and observed risk over groups of alike risk. 0 is ideal.",
            "按相近风险分组，预测风险与观察风险的平均差距。理想值为 0。", MetricGroup.Probabilities, NumberStyle.Decimal),
        new("log_loss", "Log-loss", "对数损失",
            "Price of wrong probabilities, confident errors costing most. 0 is perfect; lower is better.",
            "概率出错的代价，越自信的错误代价越大。0 为完美，越低越好。", MetricGroup.Probabilities, NumberStyle.Decimal),
        new("brier", "Brier score", "Brier 评分",
            "Mean squared distance between probability and outcome. 0 is perfect; lower is better.",
            "预测概率与结局之差的均方。0 为完美，越低越好。", MetricGroup.Probabilities, NumberStyle.Decimal),
        new("scaled_brier", "Scaled Brier score", "标化 Brier 评分",
            "Share of the Brier score of knowing only how common the outcome is that the model saves. 1 is perfect, 0 is no gain.",
            "与只知道结局发生率相比，模型使 Brier 评分减少的比例。1 为完美，0 为无改善。", MetricGroup.Probabilities, NumberStyle.Decimal),
    ];

    private static Known[] Decisions() =>
    [
        new("recall", "Sensitivity (recall)", "灵敏度（召回率）",
            "Of those with the outcome, the share that is flagged.", "结局阳性者中被判为阳性的比例。", MetricGroup.Decision, NumberStyle.Percent),
        new("specificity", "Specificity", "特异度",
            "Of those without the outcome, the share that is not flagged.", "结局阴性者中被判为阴性的比例。", MetricGroup.Decision, NumberStyle.Percent),
        new("precision", "Positive predictive value (precision)", "阳性预测值（精确率）",
            "Of those flagged, the share that has the outcome. Falls where the outcome is rarer.",
            "判为阳性者中结局阳性的比例。结局较少见时会下降。", MetricGroup.Decision, NumberStyle.Percent),
        new("npv", "Negative predictive value", "阴性预测值",
            "Of those not flagged, the share that is free of the outcome.", "判为阴性者中结局阴性的比例。", MetricGroup.Decision, NumberStyle.Percent),
        new("likelihood_ratio_positive", "Likelihood ratio of a flag", "阳性似然比",
            "How many times a flag multiplies the odds of the outcome.", "判为阳性使结局的优势变为原来的多少倍。", MetricGroup.Decision, NumberStyle.Coarse),
        new("likelihood_ratio_negative", "Likelihood ratio of no flag", "阴性似然比",
            "What not being flagged multiplies the odds of the outcome by.", "判为阴性使结局的优势变为原来的多少倍。", MetricGroup.Decision, NumberStyle.Coarse),
        new("accuracy", "Accuracy", "准确率",
            "Share of right answers. Says little where one answer is much more common.", "判断正确的比例。某一答案远为常见时意义不大。", MetricGroup.Decision, NumberStyle.Percent),
        new("balanced_accuracy", "Balanced accuracy", "平衡准确率",
            "Share of right answers, averaged over the classes so that each counts the same.", "判断正确的比例，对各类别取平均，使各类别权重相同。", MetricGroup.Decision, NumberStyle.Percent),
        new("f1", "F1", "F1 值",
            "Harmonic mean of sensitivity and positive predictive value.", "灵敏度与阳性预测值的调和平均。", MetricGroup.Decision, NumberStyle.Decimal),
        new("mcc", "Matthews correlation", "Matthews 相关系数（MCC）",
            "Agreement between answer and truth: 0 is chance, 1 is perfect.", "判断与真实情况的一致程度：0 为机遇水平，1 为完美。", MetricGroup.Decision, NumberStyle.Decimal),
    ];

    private static Known[] Averages() =>
    [
        new("macro_recall", "Sensitivity, mean over classes", "各类别平均灵敏度",
            "Of the members of a class, the share that is given it, averaged over the classes.",
            "某类别成员中被判为该类别的比例，对各类别取平均。", MetricGroup.Decision, NumberStyle.Percent),
        new("macro_specificity", "Specificity, mean over classes", "各类别平均特异度",
            "Of those outside a class, the share that is not given it, averaged over the classes.",
            "不属于某类别者中未被判为该类别的比例，对各类别取平均。", MetricGroup.Decision, NumberStyle.Percent),
        new("macro_precision", "Precision, mean over classes", "各类别平均精确率",
            "Of those given a class, the share that belongs to it, averaged over the classes.",
            "被判为某类别者中确属该类别的比例，对各类别取平均。", MetricGroup.Decision, NumberStyle.Percent),
        new("macro_f1", "F1, mean over classes", "各类别平均 F1 值",
            "Harmonic mean of sensitivity and precision, averaged over the classes.",
            "灵敏度与精确率的调和平均，对各类别取平均。", MetricGroup.Decision, NumberStyle.Decimal),
        new("set_coverage", "Coverage of prediction sets", "预测集覆盖率",
            "How often the set of classes that cannot be ruled out holds the true one; 90 % was asked for.",
            "不能排除的类别所成的集合包含真实类别的比例；要求为 90%。", MetricGroup.Other, NumberStyle.Percent),
        new("set_size", "Classes per prediction set", "每个预测集的类别数",
            "1 is a plain answer; more cannot be told apart; 0 is unlike what the model knows.",
            "1 为明确的答案；更多表示无法区分；0 表示与模型所知的都不相似。", MetricGroup.Other, NumberStyle.Coarse),
        new("prevalence", "Share with the outcome", "结局阳性率",
            "How common the outcome is among these rows.", "结局在这些记录中的常见程度。", MetricGroup.Other, NumberStyle.Percent),
    ];

    private static string Readable(string name)
    {
        string text = name.Replace('_', ' ');
        return text.Length == 0 ? "Unnamed" : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>A metric's words in both languages.</summary>
    private sealed record Known(string Name, string Label, string ChineseLabel, string Explanation, string ChineseExplanation, MetricGroup Group, NumberStyle Style)
    {
        /// <summary>In the language of a report.</summary>
        public MetricDescription In(ReportWords words) => new(Name, words.Of(Label, ChineseLabel), words.Of(Explanation, ChineseExplanation), Group, Style);
    }
}
