using System.Collections.Immutable;

using MedTune.Evaluation;

namespace MedTune.Reports.Wording.Given;

/// <summary>What the figures of treatment selection say of themselves.</summary>
internal static class TreatmentPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("{0} % t interval over patients", "{0}% t 置信区间，按患者计"),
        new("{0} % interval, median of {1} partitions", "{0}% 置信区间，{1} 次划分的中位数"),
        new("{0} % interval, median of {1} splits", "{0}% 置信区间，{1} 次拆分的中位数"),
        new("{0} % normal interval, {1} half-samples of rows", "{0}% 正态置信区间，{1} 次半样本，按记录抽取"),
        new("{0} % normal interval, {1} half-samples of patients", "{0}% 正态置信区间，{1} 次半样本，按患者抽取"),
        new("{0} % normal interval, {1} bootstrap samples of rows", "{0}% 正态置信区间，{1} 次自助样本，按记录抽取"),
        new("{0} % normal interval, {1} bootstrap samples of patients", "{0}% 正态置信区间，{1} 次自助样本，按患者抽取"),
        new("{0} % interval on the log scale, delta method", "{0}% 置信区间，对数尺度，delta 法"),
        new("{0} % interval, approximated from a difference of means", "{0}% 置信区间，由均数差近似换算"),
        new("no interval: it needs at least two patients", "无置信区间：至少需要两名患者"),
        new("no interval: treating all has no advantage over treating all", "无置信区间：全部治疗与全部治疗相比没有差别"),
        new("the data do not define the effect", "数据不足以确定该效应"),
        new("the predicted effects do not differ", "预测的效应彼此没有差别"),
        new("a ratio needs two means above 0", "比值要求两个均数都大于 0"),
        new("no two pairs differ in observed benefit", "没有两对患者的实际获益不同"),
        new(CForBenefit.Warning, "获益一致性（c-for-benefit）不是适当的评分：较差的模型可能得到较高的值，并且它取决于患者如何配对。请以靶向曲线和各组效应为准。"),
    ];
}
