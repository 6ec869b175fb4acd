using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>A finished model on new data as a report.</summary>
internal static class ExternalMapping
{
    public static ReportContent Of(ExternalEvaluation evaluation, ReportWords words)
    {
        var manifest = evaluation.Model.Manifest;
        var rows = RowNoun.Of(evaluation.Data);
        return new ReportContent
        {
            Title = OutcomeMapping.Title(manifest, words),
            Language = words.Language,
            Kind = ReportKind.Evaluation,
            Answer = AnswerMapping.Of(manifest, evaluation.Data, rows, words) with { Warnings = Warnings(evaluation, rows, words) },
            Parts = [PartMapping.Of(evaluation.Part, manifest, null, words)],
            Genes = evaluation.Genes,
            Data = DataMapping.Of(evaluation, words),
            Model = ModelMapping.Of(evaluation.Model, words),
            Method = Method(evaluation, words),
            Limits = LimitMapping.Of(evaluation, rows, words),
            ProducedBy = $"MedTune {manifest.Version}",
        };
    }

    private static List<string> Warnings(ExternalEvaluation evaluation, RowNoun rows, ReportWords words)
    {
        var warnings = new List<string>();
        if (evaluation.SeenRows > 0)
        {
            string verb = evaluation.SeenRows == 1 ? "was" : "were";
            string seen = rows.Count(evaluation.SeenRows, words);
            warnings.Add(words.Of(
                $"The model was trained on {seen} of these: {(evaluation.SeenRows == 1 ? "it" : "they")} {verb} accepted with --accept trained-rows, and the figures flatter the model.",
                $"其中 {seen}曾用于训练该模型：已用 --accept trained-rows 接受，指标因此偏高。"));
        }

        if (SetsMapping.Warning(evaluation.Part, evaluation.Model.Manifest, words) is { } missed)
        {
            warnings.Add(missed);
        }

        warnings.AddRange(WarningMapping.Grave(evaluation.Data, words));
        return warnings;
    }

    private static MethodContent Method(ExternalEvaluation evaluation, ReportWords words)
    {
        var manifest = evaluation.Model.Manifest;
        string many = RowNoun.Of(evaluation.Data.Genes).Many;
        string measure = evaluation.Data.Genes is GeneForm.Expression or GeneForm.Genotype ? "个" : "条";
        var steps = new List<FactRow>
        {
            new(words.Of("Model", "模型"), words.Of(
                "The model file was applied unchanged: its preprocessing, weights, calibration and threshold are those it was made with.",
                "模型文件未作改动直接应用：预处理、权重、校准和阈值均为建模时的。")),
            new(words.Of("When it was made", "建模之时"), WhenMade(manifest, words)),
            new(words.Of($"{ChartWords.Sentence(many)} seen before", $"曾经见过的{words.Noun(many)}"), evaluation.SeenRows == 0
                ? words.Of($"None of these {many} equals one the model was trained on.", $"没有一{measure}{words.Noun(many)}与模型的训练{words.Noun(many)}相同。")
                : words.Of(
                    $"{NumberText.Count(evaluation.SeenRows)} of these {many} equal {many} the model was trained on, which was accepted.",
                    $"有 {NumberText.Count(evaluation.SeenRows)} {measure}{words.Noun(many)}与模型的训练{words.Noun(many)}相同，已获接受。")),
        };
        if (manifest.Threshold is { } threshold)
        {
            string rule = ThresholdWords.Of(manifest.ThresholdRule, words);
            steps.Add(new(words.Of("Threshold", "阈值"), words.Of(
                $"{NumberText.Probability(threshold)}, fixed in the model file ({rule}).",
                $"{NumberText.Probability(threshold)}，已固定在模型文件中（{rule}）。")));
        }

        if (FindingsMapping.Thresholds(manifest, words) is { } several)
        {
            steps.Add(new(words.Of("Thresholds", "阈值"), several + words.Of(".", "。")));
        }

        steps.Add(MethodMapping.Intervals(words));
        steps.Add(new(words.Of("Openings of these data", "这些数据的使用次数"), evaluation.Openings <= 1
            ? words.Of("Once on this machine, for this report.", "在本机一次，即为本报告。")
            : words.Of(
                $"{NumberText.Count(evaluation.Openings)} times on this machine, this report included. A model chosen after such looks is judged a little too well.",
                $"在本机 {NumberText.Count(evaluation.Openings)} 次，含本报告。查看之后再选定的模型，其评价略偏高。")));
        return new MethodContent
        {
            Steps = steps,
            Record =
            [
                new(words.Of("Model, sha256", "模型 sha256"), evaluation.Model.Digest),
                new(words.Of("Data, sha256", "数据 sha256"), evaluation.Data.Digest),
                new(words.Of("Data the model was made from, sha256", "建模数据 sha256"), manifest.DataDigest),
                MethodMapping.MadeBy(manifest, words),
            ],
            Command = "medtune evaluate MODEL DATA",
        };
    }

    /// <summary>The figures the model came with: what the new ones are to be held against.</summary>
    private static string WhenMade(Manifest manifest, ReportWords words)
    {
        string part = manifest.Metrics.ContainsKey("test") ? "test" : "oof";
        var figures = new List<string>();
        foreach (var (name, label) in (ReadOnlySpan<(string, string)>)[("auroc", "AUROC"), ("macro_auroc", words.Of("mean AUROC over classes", "各类别平均 AUROC")), ("log_loss", words.Of("log-loss", "对数损失"))])
        {
            if (manifest.Metrics.TryGetValue(part, out var metrics) && metrics.TryGetValue(name, out var estimate) && estimate.Value is { } value)
            {
                figures.Add($"{label} {words.WithInterval(value, estimate.Low ?? double.NaN, estimate.High ?? double.NaN, NumberStyle.Decimal)}");
            }
        }

        string judged = figures.Count == 0 ? "" : words.Of(
            $" It came with, {(part == "test" ? "on rows kept aside" : "out of fold")}: {string.Join(", ", figures)}.",
            $"当时{(part == "test" ? "在预留记录上" : "折外")}的指标：{string.Join("，", figures)}。");
        string fitted = NumberText.Count(manifest.TrainingSamples);
        return manifest.Genes is { } genes
            ? words.Of($"The model was made from {RowNoun.Of(genes.Form).Count(manifest.TrainingSamples, words)} of other data.{judged}", $"该模型由另外的 {RowNoun.Of(genes.Form).Count(manifest.TrainingSamples, words)}制成。{judged}")
            : words.Of($"The model was fitted to {fitted} rows of other data.{judged}", $"该模型用另外的 {fitted} 条记录拟合。{judged}");
    }
}
