using MedTune.Evaluation;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>Sets of classes that cannot be ruled out.</summary>
internal static class SetsMapping
{
    /// <summary>What they reach on a part; null where the model has no such rule, or the part no figures of it.</summary>
    public static SetsContent? Of(PartEvaluation part, Manifest manifest)
    {
        if (part.Sets is { } classes && manifest.Sets is { } rule)
        {
            return new SetsContent { Promised = rule.Coverage, Rows = [Row("", classes.Overall), .. classes.Classes.Where(each => each.Count > 0).Select(each => Row(each.Name!, each))] };
        }

        return !part.FindingSets.IsEmpty && manifest.FindingSets is [var first, ..]
            ? new SetsContent { Promised = first.Coverage, Rows = [.. part.FindingSets.Select((sets, finding) => Row(manifest.Classes[finding], sets.Overall))] }
            : null;
    }

    /// <summary>What a reader must know first: that the sets hold the truth less often than they promise, because the rows are of another population. Null where they keep it.</summary>
    /// <param name="part">Rows that the rule was not set on.</param>
    /// <param name="manifest">The model's.</param>
    /// <param name="words">The report's words.</param>
    public static string? Warning(PartEvaluation part, Manifest manifest, ReportWords words)
    {
        if (part.Part == "oof" || Of(part, manifest) is not { } sets)
        {
            return null;
        }

        string promised = NumberText.Percent(sets.Promised);
        bool isTest = part.Part == "test";
        string where = isTest ? words.Of("the test part", "测试集") : words.Of("these data", "这些数据");
        string other = isTest ? "It seems to be of another population" : "They seem to be of another population";
        if (part.Sets is not null)
        {
            var all = sets.Rows[0].Coverage;
            string reached = words.WithInterval(all.Value, all.Low, all.High, NumberStyle.Percent);
            return all.High < sets.Promised
                ? words.Of(
                    $"Sets of classes that hold the truth in {promised} of samples like those it learned from hold it in only {reached} of {where}. {other}, for which probabilities may be off as well.",
                    $"对与训练数据同类的样本，预测集包含真实类别的比例应为 {promised}；在{where}中仅为 {reached}。{where}似乎来自不同的人群，对其预测概率也可能有偏差。")
                : null;
        }

        var missed = sets.Rows.Where(row => row.Coverage.High < sets.Promised).ToArray();
        if (missed.Length == 0)
        {
            return null;
        }

        string named = FindingWords.Named([.. missed.Select(row => row.Name)], words);
        return words.Of(
            $"Sets that hold the truth about a finding in {promised} of samples like those it learned from do so less often in {where} for {named}. {other}.",
            $"对与训练数据同类的样本，各征象的预测集包含真实情况的比例应为 {promised}；在{where}中 {named} 低于此值。{where}似乎来自不同的人群。");
    }

    private static SetRow Row(string name, PredictionSetFigures figures) => new(
        name,
        figures.Count ?? 0,
        PartMapping.Row("set_coverage", figures.Coverage),
        PartMapping.Row("set_single", figures.Single),
        PartMapping.Row("set_several", figures.Several),
        PartMapping.Row("set_empty", figures.Empty));
}
