using System.Security.Cryptography;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>How the figures came about.</summary>
internal static class MethodMapping
{
    private const string Stack = "stack";

    /// <summary>What intervals are.</summary>
    public static FactRow Intervals(ReportWords words) => new(words.Of("Intervals", "置信区间"), words.Of(
        "95%. Under each figure stands how its interval was computed; where a patient has several rows, patients were resampled.",
        "95%。各指标之下注明其置信区间的计算方法；一例患者有多条记录时按患者重抽样。"));

    /// <summary>Which program made a model.</summary>
    public static FactRow MadeBy(Manifest manifest, ReportWords words) => new(words.Of("Made by", "制作程序"), words.Of(
        $"MedTune {manifest.Version}, numerics profile {manifest.NumericsProfile}, seed {manifest.Seed}",
        $"MedTune {manifest.Version}，数值配置 {manifest.NumericsProfile}，种子 {manifest.Seed}"));

    /// <summary>That no fold is judged by a threshold chosen with it, as a further sentence.</summary>
    public static string OwnThresholds(ReportWords words) => words.Of(
        " Out of fold, each fold is judged by a threshold chosen without it.", "折外评价时，每一折所用的阈值均未用该折选定。");

    public static MethodContent Of(FinishedRun finished, RowNoun rows, ReportWords words)
    {
        var (run, record) = (finished.Run, finished.Record);
        return new MethodContent
        {
            Steps = run.Plan.Genes is { } genes ? GeneMethodMapping.Steps(run, genes, record.HasFolds, KeptAside(run, record, rows, words), rows, words)
                : run.Plan.Images is { } images ? ImageMethodMapping.Steps(run, images, record.HasFolds, KeptAside(run, record, rows, words), Intervals(words), rows, words) : Steps(run, record, rows, words),
            SealedOpenings = record.TestOpenings > 0 ? record.TestOpenings : null,
            Record = Record(finished, words),
            Command = "medtune verify RUN",
        };
    }

    /// <summary>What was done to make probabilities honest.</summary>
    public static string Calibration(Manifest manifest, ReportWords words) => Calibration(manifest, RowNoun.Of(GeneWords.FormOf(manifest)).Many, words);

    private static string Calibration(Manifest manifest, string samples, ReportWords words) => manifest.Calibration switch
    {
        "none" when manifest.ModelKind == Stack => words.Of(
            "Each member is corrected before the mean is taken, where that lowered the log-loss of predictions it had not seen; the mean itself is not corrected again.",
            "各成员在取平均之前校正（只要能降低其未见过的预测的对数损失）；平均值本身不再校正。"),
        "none" => words.Of(
            "Its probabilities were not corrected afterwards: no correction lowered the log-loss of predictions it had not seen.",
            "预测概率未作事后校正：任何校正都没有降低其未见过的预测的对数损失。"),
        "platt" => words.Of(
            $"Its probabilities are corrected by Platt scaling, fitted to predictions for {samples} the model had not seen; the correction is inside the model file.",
            $"预测概率经 Platt 校正，由模型对未见过的{words.Noun(samples)}的预测拟合；校正包含在模型文件中。"),
        "platt for some" => words.Of(
            "The probabilities of some findings are corrected by Platt scaling, fitted to predictions for rows the model had not seen; those of the others needed no correction. It is inside the model file.",
            "部分征象的概率经 Platt 校正，由模型对未见过的记录的预测拟合；其余征象无需校正。校正包含在模型文件中。"),
        "temperature" => words.Of(
            $"Its probabilities are corrected by temperature scaling, fitted to predictions for {samples} the model had not seen; the correction is inside the model file.",
            $"预测概率经温度缩放校正，由模型对未见过的{words.Noun(samples)}的预测拟合；校正包含在模型文件中。"),
        var other => words.Of($"Its probabilities are corrected by {other}.", $"预测概率经 {other} 校正。"),
    };

    private static List<FactRow> Steps(Run run, RunRecord record, RowNoun rows, ReportWords words)
    {
        var manifest = run.Model.Manifest;
        var steps = new List<FactRow>
        {
            new(words.Of("Kept aside", "预留数据"), KeptAside(run, record, rows, words)),
            new(words.Of("Out of fold", "折外评价"), OutOfFold(run, record, words)),
            new(words.Of("Preprocessing", "预处理"), manifest.Parent is null
                ? Preprocessing(manifest, words)
                : words.Of(
                    "The source model's own, unchanged: it fills, scales and reads levels as on the data it was made from.",
                    "沿用源模型的预处理，未作改动：填补、缩放和水平的读取与其建模数据一致。")),
            new(words.Of("Choice", "选择"), Choice(run, words) + (WarningMapping.LeftOutByClock(run) is { } leftOut
                ? words.Of($" The time limit cut it short: {leftOut}.", $"因时限提前结束：{words.Given(leftOut)}。")
                : "")),
            new(words.Of("Calibration", "校准"), manifest.Parent is null
                ? Calibration(manifest, words)
                : words.Of("The source model's own; the new data correct the weights or the intercept instead.", "沿用源模型的校准；新数据改为修正权重或截距。")),
        };
        if (manifest.Threshold is { } threshold)
        {
            steps.Add(new(words.Of("Threshold", "阈值"), ThresholdWords.With(threshold, manifest, words) + OwnThresholds(words)));
        }

        string fitted = rows.Count(manifest.TrainingSamples, words);
        steps.Add(new(words.Of("Final model", "最终模型"), run.Parts.Any(part => part.Part == "test")
            ? words.Of($"Fitted with the choices above to {fitted}, none of them among the test rows.", $"按上述选择用 {fitted}拟合，其中没有测试记录。")
            : words.Of($"Fitted with the choices above to {fitted}, all there were.", $"按上述选择用全部 {fitted}拟合。")));
        steps.Add(Intervals(words));
        return steps;
    }

    private static string Preprocessing(Manifest manifest, ReportWords words)
    {
        string filled = words.Of(
            "A missing number is filled with the median of the training rows, and marked as missing where that was frequent enough to learn from; numbers are standardised. "
            + "Each level of a category has a weight of its own, missing being one of them.",
            "缺失的数值以训练记录的中位数填补，缺失较多足以从中学习时另加标记；数值经标准化。"
            + "类别的每个水平有各自的权重，缺失为其中之一。");
        string trees = words.Of(
            "Its trees read numbers as they are; a missing one takes the side of each question on which it did better in training, and a category is asked by its levels.",
            "其树模型直接读取数值；缺失时在每个分裂处走训练中较好的一侧，类别按其水平询问。");
        string how = manifest.ModelKind switch
        {
            Stack => filled + words.Space + trees,
            "gradient boosting" or "random forest" => trees,
            _ => filled,
        };
        return how + words.Of(" All of it is measured on training rows only and stands inside the model file.", "这一切只在训练记录上测量，并包含在模型文件中。");
    }

    private static string OutOfFold(Run run, RunRecord record, ReportWords words)
    {
        string together = run.Data.Patients is null
            ? words.Of("Rows that are equal in everything stand in one fold.", "完全相同的记录位于同一折。")
            : words.Of("All rows of a patient, and rows that are equal in everything, stand in one fold.", "同一患者的所有记录以及完全相同的记录位于同一折。");
        int count = CandidateMapping.Folds(run);
        bool isRest = run.Parts.Any(part => part.Part == "test") && !record.IsTestGiven;
        string folds = record.HasFolds
            ? words.Of($"{count} folds were given by a file and followed exactly.", $"{count} 折由文件给出，严格照此执行。")
            : words.Of(
                $"The {(isRest ? "other " : "")}rows were divided into {count} folds at random, each class by its share. {together}",
                $"{(isRest ? "其余" : "")}记录按各类别比例随机分为 {count} 折。{together}");
        string decided = run.Plan.FromDigest.Length > 0
            ? words.Of("the way of carrying the source model over, how far, and the threshold", "源模型的移用方式、移动多远以及阈值")
            : words.Of("penalty, kind of model, calibration and threshold", "惩罚、模型种类、校准和阈值");
        return words.Of(
            $"{folds} For each fold everything was decided in {run.Plan.InnerFolds} inner folds of the other folds only: {decided}.",
            $"{folds}对每一折，一切均只在其他折的 {run.Plan.InnerFolds} 个内层折中决定：{decided}。");
    }

    private static string KeptAside(Run run, RunRecord record, RowNoun rows, ReportWords words)
    {
        if (record.IsTestGiven)
        {
            return words.Of(
                "The test data were given apart. They had no say in anything that was fitted or chosen.",
                "测试数据单独给出，不参与任何拟合或选择。");
        }

        if (run.Parts.FirstOrDefault(part => part.Part == "test") is not { } test)
        {
            return record.HasFolds
                ? words.Of(
                    $"Nothing: the folds were given, and the final model is fitted to every {Plain(run).One}.",
                    $"无：各折已给定，最终模型用全部{words.Noun(Plain(run).One)}拟合。")
                : words.Of("Nothing: the plan asks for no sealed part.", "无：计划不要求封存集。");
        }

        string drawn = rows.Count(test.Predictions.Length, words);
        string share = NumberText.Percent((double)test.Predictions.Length / run.Data.Rows);
        return words.Of(
            $"{drawn} ({share}) were drawn at random, each class by its share, and sealed before anything was fitted. They had no say in any choice.",
            $"按各类别比例随机抽取 {drawn}（{share}），在任何拟合之前封存，不参与任何选择。");
    }

    private static RowNoun Plain(Run run) => RowNoun.Of(run.Data.Genes);

    private static string Choice(Run run, ReportWords words)
    {
        if (run.Plan.FromDigest.Length > 0)
        {
            return words.Of(
                "Among leaving the source model as it is, giving it a new intercept, or a new intercept and slope, and refitting it shrunk towards where it was, by log-loss out of fold; "
                    + "a bolder change must win by more than half a standard error.",
                "在保持源模型原样、换新截距、换新截距和斜率、以及向原处收缩重拟合之间，按折外对数损失选择；更大的改动须好出半个标准误以上。");
        }

        if (run.Candidates.Length == 1)
        {
            string settings = NumberText.Count(Math.Max(1, run.Candidates[0].SettingLosses.Length));
            return words.Of(
                $"One kind of model was tried; its setting was chosen by log-loss out of fold among {settings}.",
                $"只尝试了一种模型；其设置按折外对数损失从 {settings} 组中选定。");
        }

        return run.Candidates.Any(candidate => !candidate.Shares.IsEmpty)
            ? words.Of(
                "Each kind of model at its best setting, and the mean of them (a stack), by log-loss out of fold; the stack gives way where one alone is better by a standard error.",
                "每种模型取其最佳设置，再加它们的平均（堆叠），按折外对数损失选择；单个模型好出一个标准误时取代堆叠。")
            : words.Of("The kind of model and its setting with the lowest log-loss out of fold.", "取折外对数损失最低的模型种类及其设置。");
    }

    private static List<FactRow> Record(FinishedRun finished, ReportWords words)
    {
        var (run, record) = (finished.Run, finished.Record);
        var facts = new List<FactRow>
        {
            new(words.Of("Seed", "种子"), record.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new(words.Of("Made by", "制作程序"), words.Of(
                $"MedTune {record.Version}, numerics profile {record.NumericsProfile}",
                $"MedTune {record.Version}，数值配置 {record.NumericsProfile}")),
            new(words.Of("Model, sha256", "模型 sha256"), run.Model.Digest),
            new(words.Of("Data, sha256", "数据 sha256"), record.DataDigest),
        };
        if (Digest(Path.Combine(finished.Folder, "plan.json")) is { } plan)
        {
            facts.Add(new(words.Of("plan.json, sha256", "plan.json sha256"), plan));
        }

        facts.AddRange(record.Digests.Where(pair => pair.Key != "model.onnx").Select(pair => new FactRow(words.Of($"{pair.Key}, sha256", $"{pair.Key} sha256"), pair.Value)));
        if (record.TestDigest.Length > 0)
        {
            facts.Add(new(words.Of($"Test {Plain(run).Many}, sha256", $"测试{words.Noun(Plain(run).Many)} sha256"), record.TestDigest));
        }

        return facts;
    }

    private static string? Digest(string path)
    {
        try
        {
            return File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The digest is a convenience; a report must not fail for it.
            return null;
        }
    }
}
