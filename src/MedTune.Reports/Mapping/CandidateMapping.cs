using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What was tried, and why it was kept or not.</summary>
internal static class CandidateMapping
{
    public static IReadOnlyList<CandidateRow> Of(Run run, ReportWords words)
    {
        var chosen = run.Candidates.FirstOrDefault(candidate => candidate.IsChosen);
        int folds = Folds(run);
        return
        [
            .. run.Candidates.Select(candidate => new CandidateRow
            {
                Name = IsMean(candidate, run)
                    ? words.Of($"Weighted mean of {candidate.Setting}", $"加权平均：{words.Given(candidate.Setting)}")
                    : Name(candidate, words),
                Kind = IsMean(candidate, run) ? words.Of("Weighted mean", "加权平均") : ChartWords.Sentence(words.Given(candidate.Name)),
                LogLoss = candidate.LogLoss,
                Auroc = candidate.Auroc,
                Chosen = candidate.IsChosen,
                Reason = Reason(candidate, chosen, run, folds, words),
                Differences = Differences(candidate),
                Settings = candidate.SettingLosses.Length > 1
                    ? [.. candidate.SettingLosses.Select(setting => new SettingRow(words.Given(setting.Key), setting.Value, setting.Key == candidate.Setting))]
                    : [],
            }),
        ];
    }

    private static IReadOnlyList<MetricRow> Differences(CandidateResult candidate) => candidate.AgainstChosen is { } comparison
        ? [.. comparison.Differences.Select(pair => new MetricRow(
            pair.Key, pair.Value.Difference.Value, pair.Value.Difference.Low, pair.Value.Difference.High, pair.Value.Difference.Method))]
        : [];

    /// <summary>Of gene models every kind may count, and the mean of them is no stack that one has to beat.</summary>
    private static bool IsMean(CandidateResult candidate, Run run) => run.Plan.Genes is not null && !candidate.Shares.IsEmpty;

    /// <summary>How many outer folds there were.</summary>
    public static int Folds(Run run) => run.Parts.Where(part => part.Part == "oof").SelectMany(part => part.Predictions)
        .Select(prediction => prediction.Fold).Where(fold => fold >= 0).Distinct().Count();

    /// <summary>The name of a kind of model, or of a way of adapting one, with its setting.</summary>
    private static string Name(CandidateResult candidate, ReportWords words)
    {
        string setting = words.InBrackets(words.Given(candidate.Setting));
        string name = ChartWords.Sentence(words.Given(candidate.Name));
        return candidate.Name switch
        {
            ModelMapping.AsIs => words.Of("Source model as it is", "原样的源模型"),
            ModelMapping.NewIntercept => words.Of("Source model with a new intercept", "源模型换新截距"),
            "intercept and slope" => words.Of("Source model with a new intercept and slope", "源模型换新截距和斜率"),
            ModelMapping.ShrunkRefit => words.Of("Refit, shrunk towards the source model", "向源模型收缩的重拟合") + setting,
            "last layer" => words.Of("Last layer refitted, shrunk towards the source model", "重拟合最后一层，向源模型收缩") + setting,
            "all layers" => words.Of("All layers trained on", "继续训练全部层") + setting,
            "leaves refitted" => words.Of("Source model, the leaves of its trees corrected", "源模型，修正其树的叶节点") + setting,
            "boosting continued" => words.Of("Source model with further boosted trees", "源模型加继续提升的树") + setting,
            _ when !candidate.Shares.IsEmpty => words.Of($"{name} of {candidate.Setting}", $"{name}：{words.Given(candidate.Setting)}"),
            _ => name + setting,
        };
    }

    private static string Reason(CandidateResult candidate, CandidateResult? chosen, Run run, int folds, ReportWords words)
    {
        string votes = folds > 0 ? words.Of($" Inside the folds it was preferred {candidate.TimesChosen} of {folds} times.", $"各折内部 {folds} 次中有 {candidate.TimesChosen} 次选中它。") : "";
        if (run.Candidates.Length == 1)
        {
            return words.Of("The only one tried.", "只尝试了这一个。");
        }

        if (chosen is null)
        {
            return votes.TrimStart();
        }

        if (run.Plan.Genes is not null)
        {
            return Weighted(candidate, chosen, words) + votes;
        }

        if (!chosen.Shares.IsEmpty)
        {
            return BesideStack(candidate, chosen, run, words) + votes;
        }

        if (run.Plan.Images is not null)
        {
            return (candidate.IsChosen
                ? words.Of(
                    "Kept, by the pictures checked on: frozen features stay unless fine-tuning is better there by more than a standard error.",
                    "保留，依据核对图像：除非微调在核对图像上好出一个标准误以上，否则保留冻结特征。")
                : words.Of("Not kept, by the pictures checked on; the figures here are of the outer folds.", "未保留，依据核对图像；此处为外层折的指标。")) + votes;
        }

        bool isMoved = run.Plan.From is not null;
        bool isSafer = run.Candidates.IndexOf(candidate) < run.Candidates.IndexOf(chosen);
        double more = candidate.LogLoss - chosen.LogLoss;
        if (candidate.IsChosen)
        {
            bool isLowest = run.Candidates.All(other => !(other.LogLoss < candidate.LogLoss));
            return (isLowest ? words.Of("Kept: the lowest log-loss.", "保留：对数损失最低。")
                : isMoved ? words.Of("Kept: no bolder change was better by more than chance may give.", "保留：更大的改动所带来的改善均未超出偶然。")
                : words.Of("Kept: lowest in the comparison over all folds.", "保留：在全部折的比较中最低。")) + votes;
        }

        string verdict = more > 0
            ? words.Of($"Not kept: log-loss higher by {NumberText.Decimal(more)}.", $"未保留：对数损失高 {NumberText.Decimal(more)}。")
            : isMoved && !isSafer
                ? words.Of("Not kept: lower, but by too little to be more than chance.", "未保留：虽较低，但幅度不超出偶然。")
                : words.Of(
                    "Not kept: lower here, where every fold chose its own setting, but not in the comparison of one setting over all folds.",
                    "未保留：此处较低（每折自选设置），但在全部折用同一设置的比较中并不较低。");
        return verdict + votes;
    }

    /// <summary>The same where what each counts follows from its answers for samples of inner folds.</summary>
    private static string Weighted(CandidateResult candidate, CandidateResult chosen, ReportWords words)
    {
        double share = chosen.Shares.FirstOrDefault(share => share.Key == candidate.Name).Value;
        return candidate.IsChosen
            ? chosen.Shares.IsEmpty
                ? words.Of("Kept: by the inner folds, the others add nothing to it.", "保留：按内层折，其他模型对它没有补益。")
                : words.Of("Kept: the mean of several models, each counting by its answers in the inner folds.", "保留：多个模型的平均，权重取决于各自在内层折的预测。")
            : share > 0
            ? words.Of($"Counts {NumberText.Percent(share)} in the mean.", $"在平均中占 {NumberText.Percent(share)}。")
            : words.Of("Counts nothing: by the inner folds it adds nothing to the others.", "不占权重：按内层折，它对其他模型没有补益。");
    }

    /// <summary>The same where a mean of the others was kept.</summary>
    private static string BesideStack(CandidateResult candidate, CandidateResult stack, Run run, ReportWords words)
    {
        if (candidate.IsChosen)
        {
            return run.Candidates.All(other => !(other.LogLoss < candidate.LogLoss))
                ? words.Of("Kept: the lowest log-loss.", "保留：对数损失最低。")
                : words.Of(
                    "Kept: a mean of models is the safer answer where the comparison hardly tells them apart; one alone would have to be better by a standard error.",
                    "保留：比较难分高下时，多个模型的平均是更稳妥的答案；单个模型须好出一个标准误才取代它。");
        }

        double more = candidate.LogLoss - stack.LogLoss;
        double share = stack.Shares.FirstOrDefault(share => share.Key == candidate.Name).Value;
        string verdict = more > 0
            ? words.Of($"Not kept alone: log-loss higher by {NumberText.Decimal(more)}.", $"未单独保留：对数损失高 {NumberText.Decimal(more)}。")
            : words.Of(
                "Not kept alone: lower here, but not by a standard error in the comparison of one setting over all folds.",
                "未单独保留：此处较低，但在全部折用同一设置的比较中未好出一个标准误。");
        string name = words.Given(stack.Name);
        return verdict + (share > 0
            ? words.Of($" It counts {NumberText.Percent(share)} in the {name}.", $"在{name}中占 {NumberText.Percent(share)}。")
            : words.Of($" It does not count in the {name}.", $"在{name}中不占权重。"));
    }
}
