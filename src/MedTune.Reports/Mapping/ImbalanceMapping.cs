using MedTune.Evaluation;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>Why nothing was resampled, on the out-of-fold predictions of the run.</summary>
internal static class ImbalanceMapping
{
    // From about two to one nobody would think of balancing.
    private const double Rare = 1.0 / 3;

    // Van den Goorbergh et al., JAMIA 29:1525, 2022; Carriero et al., Statistics in Medicine 2025 (arXiv 2404.19494).
    private static string Published(ReportWords words) => words.Of(
        "Published comparisons found no better ranking from resampling, risks far too high, and that correcting them afterwards does not always help: "
        + "van den Goorbergh and others, JAMIA 29:1525, 2022 (logistic regression, SMOTE and over- and undersampling); "
        + "Carriero and others, Statistics in Medicine, 2025 (machine learning).",
        "已发表的比较发现：重抽样并不改善排序，使风险远远偏高，事后校正也不总有帮助："
        + "van den Goorbergh 等，JAMIA 29:1525，2022（逻辑回归、SMOTE、过抽样与欠抽样）；"
        + "Carriero 等，Statistics in Medicine，2025（机器学习）。");

    /// <summary>The section, or null where classes are of alike size, are more than two, or were not predicted out of fold.</summary>
    public static ImbalanceContent? Of(Run run, RowNoun rows, ReportWords words)
    {
        if (run.Model.Manifest is not { HasFindings: false, Classes.Length: 2 } || run.Parts.FirstOrDefault(part => part.Part == "oof") is not { } part)
        {
            return null;
        }

        double[] risks = [.. part.Predictions.Select(prediction => prediction.Probabilities[^1])];
        int[] targets = [.. part.Predictions.Select(prediction => prediction.Target)];
        int[]? groups = run.Data.Patients is null ? null : [.. part.Predictions.Select(prediction => prediction.Group)];
        return EqualShares.Of(new BinaryPredictions(risks, targets, null, groups)) is { } shares && Math.Min(shares.Share, 1 - shares.Share) < Rare
            ? Content(shares, risks, part, targets.Sum(), rows, words)
            : null;
    }

    private static ImbalanceContent Content(EqualShares shares, double[] risks, PartEvaluation part, int events, RowNoun rows, ReportWords words)
    {
        bool isRare = shares.Share < 0.5;
        string share = NumberText.Percent(shares.Share);
        string factor = NumberText.Decimal(isRare ? shares.OddsFactor : 1 / shares.OddsFactor, 1);
        string counted = rows.Count(risks.Length, words);
        string lead = words.Of(
            $"{(isRare ? "The outcome is rare" : "Most have the outcome")}: {NumberText.Count(events)} of {counted} ({share}). "
            + "Some tools then double the rarer class, invent rows of it (SMOTE) or weight it up until both classes are equally common. "
            + $"That {(isRare ? "multiplies" : "divides")} everybody's odds by about {factor}: the order of the {rows.Many} stays as it is, but the risks no longer say how often it happens. "
            + $"The one thing it is meant for, other answers at 50%, the threshold gives without harm: a threshold of {share} on the model's own risks "
            + $"flags the same {rows.Many}. So it is the threshold that moves, and nothing was resampled.",
            $"{(isRare ? "结局少见" : "多数结局阳性")}：{counted}中 {NumberText.Count(events)} 例（{share}）。"
            + "有些工具此时会复制少数类、人工合成记录（SMOTE）或加权，直到两类同样常见。"
            + $"这会使所有人的优势{(isRare ? "乘以" : "除以")}约 {factor}：{words.Noun(rows.Many)}的排序不变，但风险不再反映实际发生的频率。"
            + $"它唯一的用意（在 50% 处改变判断）用阈值即可无害地达到：在模型自身风险上取阈值 {share}，"
            + $"判为阳性的{words.Noun(rows.Many)}完全相同。因此移动的是阈值，没有作任何重抽样。");
        return new ImbalanceContent(
            words.Of($"{share} have the outcome: why nothing was resampled", $"{share} 结局阳性：为何不作重抽样"),
            lead,
            Rows(shares, risks, part, rows, words),
            words.Of(
                $"With equal classes, {NumberText.Percent(shares.Shifted.MeanRisk)} would be predicted on average where {share} have the outcome",
                $"若类别均衡，平均预测将为 {NumberText.Percent(shares.Shifted.MeanRisk)}，而实际 {share} 结局阳性"),
            PartMapping.Calibration(shares.CalibrationCurve))
        {
            Source = words.Of(
                "Computed from the out-of-fold predictions by shifting the log-odds as equal classes in training shift them (Elkan, IJCAI 2001); nothing was trained again, "
                + $"and what resampling adds beyond the shift (rows thrown away, rows invented) is not in it. {Published(words)}",
                "由折外预测计算：按均衡类别训练时的方式平移对数优势（Elkan，IJCAI 2001）；没有重新训练，"
                + $"重抽样在平移之外的影响（丢弃或合成记录）不在其中。{Published(words)}"),
        };
    }

    private static List<ImbalanceRow> Rows(EqualShares shares, double[] risks, PartEvaluation part, RowNoun rows, ReportWords words)
    {
        var (own, shifted) = (shares.AsIs, shares.Shifted);
        string flagged = NumberText.Count(risks.Count(risk => risk >= shares.Share));
        string area = part.Metrics.Has("auroc") ? NumberText.Decimal(part.Metrics["auroc"].Value) : NumberText.Unknown;
        return
        [
            new(words.Of("Log-loss", "对数损失"), NumberText.Decimal(own.LogLoss), NumberText.Decimal(shifted.LogLoss)) { Explanation = Change(shares.LogLossIncrease, words) },
            new(words.Of("Brier score", "Brier 评分"), NumberText.Decimal(own.Brier), NumberText.Decimal(shifted.Brier)) { Explanation = Change(shares.BrierIncrease, words) },
            new(words.Of("Mean predicted risk", "平均预测风险"), NumberText.Percent(own.MeanRisk, 1), NumberText.Percent(shifted.MeanRisk, 1)) { Explanation = words.Of($"{NumberText.Percent(shares.Share, 1)} have the outcome.", $"{NumberText.Percent(shares.Share, 1)} 结局阳性。") },
            new(words.Of("Observed to expected", "观察/预期比"), NumberText.Decimal(own.ObservedToExpected, 2), NumberText.Decimal(shifted.ObservedToExpected, 2)) { Explanation = words.Of("Outcomes seen for each one predicted. 1 is ideal.", "实际结局数与预测结局数之比。理想值为 1。") },
            new("AUROC", area, area) { Explanation = words.Of("The order does not change.", "排序不变。") },
            new(
                words.Of($"{ChartWords.Sentence(rows.Many)} flagged", $"判为阳性的{words.Noun(rows.Many)}"),
                words.Of($"{flagged} from {NumberText.Percent(shares.Share)}", $"{flagged}（≥{NumberText.Percent(shares.Share)}）"),
                words.Of($"{flagged} from 50%", $"{flagged}（≥50%）"))
            {
                Explanation = words.Of("The same ones: only the number on the threshold differs.", "完全相同的人：只是阈值的数字不同。"),
            },
        ];
    }

    private static string Change(Estimate increase, ReportWords words)
    {
        string size = words.WithInterval(Math.Abs(increase.Value), Math.Min(Math.Abs(increase.Low), Math.Abs(increase.High)), Math.Max(Math.Abs(increase.Low), Math.Abs(increase.High)), NumberStyle.Decimal);
        return increase switch
        {
            { Low: > 0 } => words.Of($"Worse by {size}.", $"差 {size}。"),
            { High: < 0 } => words.Of($"Better by {size} here: the model's own risks are off, see their calibration.", $"此处好 {size}：模型自身的风险不准，见其校准。"),
            { HasInterval: true } => words.Of("Difference ", "差值 ") + words.WithInterval(increase.Value, increase.Low, increase.High, NumberStyle.Decimal) + words.Of(".", "。"),
            _ => "",
        };
    }
}
