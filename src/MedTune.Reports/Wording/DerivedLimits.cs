using MedTune.Data.Genes;

namespace MedTune.Reports.Wording;

/// <summary>The limits that follow from the content itself, so that no report goes out without them.</summary>
internal static class DerivedLimits
{
    // At least 100 with and 100 without the outcome are commonly asked for before a validation is believed
    // (Collins, Ogundimu and Altman, Statistics in Medicine 35:214, 2016).
    private const int EnoughOfAKind = 100;

    /// <summary>The given limits, then the derived ones whose titles are not among them.</summary>
    public static IReadOnlyList<LimitRow> With(ReportContent content)
    {
        var limits = new List<LimitRow>(content.Limits);
        foreach (LimitRow limit in Derived(content, ReportWords.In(content.Language)))
        {
            if (!limits.Exists(known => string.Equals(known.Title, limit.Title, StringComparison.Ordinal)))
            {
                limits.Add(limit);
            }
        }

        return limits;
    }

    private static IEnumerable<LimitRow> Derived(ReportContent content, ReportWords words)
    {
        EvaluationPart? part = PartWords.Leading(content);
        if (part is not null && content.Parts.All(each => each.Kind != PartKind.External))
        {
            yield return new LimitRow(
                words.Of("Not validated elsewhere", "未经外部验证"),
                content.Sites is null
                    ? words.Of(
                        "Every figure comes from the same source of data as the model. In another hospital, another year or another kind of patient it can do worse: evaluate it there first.",
                        "所有指标与模型出自同一数据来源。在另一家医院、另一年份或另一类患者中表现可能更差：请先在当地评价。")
                    : words.Of(
                        "Sites were left out in turn, but all of them were collected together. In a hospital outside them, another year or another kind of patient it can do worse: evaluate it there first.",
                        "各中心虽依次留出，但数据是一并收集的。在这些中心以外的医院、另一年份或另一类患者中表现可能更差：请先在当地评价。"));
        }

        if (part is not null && content.Kind == ReportKind.Training && content.Parts.All(each => each.Kind == PartKind.OutOfFold))
        {
            yield return new LimitRow(
                words.Of("No sealed part", "没有封存集"),
                words.Of(
                    "Nothing was kept aside until the end: the out-of-fold figures judge the way the model was made, not the final model itself.",
                    "没有保留到最后的数据：折外指标评价的是建模的方法，而不是最终模型本身。"));
        }

        if (part?.Events is int events && Math.Min(events, part.Samples - events) is var rarer && rarer < EnoughOfAKind)
        {
            yield return new LimitRow(
                words.Of("Small sample", "样本量小"),
                words.Of(
                    $"The leading figures rest on {NumberText.Count(events)} with and {NumberText.Count(part.Samples - events)} without the outcome. " +
                    "A common rule asks for at least 100 of each before discrimination and calibration are believed.",
                    $"主要指标基于 {NumberText.Count(events)} 例结局阳性和 {NumberText.Count(part.Samples - events)} 例结局阴性。" +
                    "通常要求两者各至少 100 例，区分度和校准才可信。"));
        }

        if (content.Method?.SealedOpenings is int openings && openings > 1)
        {
            yield return new LimitRow(
                words.Of("The sealed part was opened more than once", "封存集已不止一次启封"),
                words.Of(
                    $"It has been looked at {NumberText.Count(openings)} times. Each choice made after a look makes its figures a little too good.",
                    $"已查看 {NumberText.Count(openings)} 次。每次查看之后所作的选择都会使其指标略偏高。"));
        }

        if (content.Answer.ClassNames.Count <= 2 && part?.Confusion is not null)
        {
            yield return new LimitRow(
                words.Of("Predictive values travel badly", "预测值不宜外推"),
                words.Of(
                    "How many of the flagged have the outcome depends on how common it is. Where it is rarer, more of the flags are false.",
                    "判为阳性者中有多少真正结局阳性，取决于结局有多常见。结局较少见处，假阳性更多。"));
        }

        if (content.Answer.Genes != GeneForm.None)
        {
            yield return new LimitRow(
                words.Of("Association, not cause", "是关联而非因果"),
                words.Of(
                    "What the model weighs need not cause the outcome: genes rise and fall together, and one of a group stands for all of it.",
                    "模型所看重的不一定是结局的原因：基因往往同升同降，一组中的一个可代表整组。"));
        }
        else if (content.Model is { Effects.Count: > 0 })
        {
            yield return new LimitRow(
                words.Of("Association, not cause", "是关联而非因果"),
                words.Of(
                    "A column that moves the risk need not cause the outcome: changing it in a patient need not change what happens.",
                    "影响风险的变量不一定是结局的原因：改变患者的该变量未必改变结局。"));
        }

        yield return new LimitRow(
            words.Of("Not a medical device", "不是医疗器械"),
            words.Of(
                "No authority has assessed this model. It informs a decision that a clinician makes and answers for.",
                "本模型未经任何监管机构评审。它仅为决策提供参考，决策由临床医生作出并负责。"));
    }
}
