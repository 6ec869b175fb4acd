using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>How a model of pictures was made and judged.</summary>
internal static class ImageMethodMapping
{
    /// <summary>The steps in their order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">Its choices about pictures.</param>
    /// <param name="hasFolds">Whether the folds were given.</param>
    /// <param name="keptAside">What was kept aside, as for a table.</param>
    /// <param name="intervals">How intervals were computed, as for a table.</param>
    /// <param name="rows">What a sample is called.</param>
    /// <param name="words">The report's words.</param>
    public static List<FactRow> Steps(Run run, ImagePlan plan, bool hasFolds, string keptAside, FactRow intervals, RowNoun rows, ReportWords words)
    {
        var manifest = run.Model.Manifest;
        var steps = new List<FactRow>
        {
            new(words.Of("Kept aside", "预留数据"), keptAside),
            new(words.Of("Out of fold", "折外评价"), OutOfFold(run, plan, hasFolds, words)),
            new(words.Of("Preprocessing", "预处理"), Preprocessing(manifest.Image!, words)),
            new(words.Of("Network", "网络"), Network(plan, words)),
            new(words.Of("Choice", "选择"), Choice(run, plan, words)),
            new(words.Of("Calibration", "校准"), MethodMapping.Calibration(manifest, words)),
        };
        if (manifest.Threshold is { } threshold)
        {
            steps.Add(new(words.Of("Threshold", "阈值"), ThresholdWords.With(threshold, manifest, words) + MethodMapping.OwnThresholds(words)));
        }

        if (FindingsMapping.Thresholds(manifest, words) is { } several)
        {
            steps.Add(new(words.Of("Thresholds", "阈值"), several + words.Of(
                ". Out of fold, each fold is judged by thresholds chosen without it.",
                "。折外评价时，每一折均用不含该折的数据选定的阈值。")));
        }

        string made = rows.Count(manifest.TrainingSamples, words);
        steps.Add(new(words.Of("Final model", "最终模型"), run.Parts.Any(part => part.Part == "test")
            ? words.Of(
                $"Made from {made}, those checked on among them; none of them is among the test pictures.",
                $"由 {made}制成，含核对图像；其中没有测试图像。")
            : words.Of($"Made from {made}, those checked on among them.", $"由 {made}制成，含核对图像。")));
        steps.Add(intervals);
        return steps;
    }

    private static string OutOfFold(Run run, ImagePlan plan, bool hasFolds, ReportWords words)
    {
        int folds = CandidateMapping.Folds(run);
        bool isByPatient = run.Data.Patients is not null;
        string judged = plan.FoldsInTime is null
            ? words.Of(
                $"The pictures to learn from were divided into {folds} folds at random, each class by its share.",
                $"学习用图像按各类别比例随机分为 {folds} 折。")
            : words.Of(
                $"Of the folds into which the pictures to learn from were divided, {folds} {(folds == 1 ? "was" : "were")} judged before the time was up; the other pictures have no answer out of fold.",
                $"学习用图像所分各折中，{folds} 折在时限内完成评价；其余图像没有折外答案。");
        string together = words.Of(
            $"{(isByPatient ? "All pictures of a patient, and pictures that are the same," : "Pictures that are the same")} stand in one fold.",
            $"{(isByPatient ? "同一患者的所有图像以及相同的图像" : "相同的图像")}位于同一折。");
        judged = hasFolds
            ? words.Of($"{folds} folds were given by a file and followed exactly.", $"{folds} 折由文件给定并严格遵循。")
            : judged + words.Space + together;
        return judged + words.Of(
            " For each fold everything was decided on the pictures of the others only: penalty, epoch, kind of model, calibration and threshold.",
            "对每一折，一切均只用其他折的图像决定：惩罚、轮次、模型种类、校准和阈值。");
    }

    private static string Preprocessing(ManifestImage image, ReportWords words) => words.Of(
        $"Pictures of any size are brought to {NumberText.Count(image.Height)} x {NumberText.Count(image.Width)} pixels and normalised as the network expects; all of it stands inside the model file.",
        $"任意大小的图像均调整为 {NumberText.Count(image.Height)} x {NumberText.Count(image.Width)} 像素，并按网络要求归一化；全部包含在模型文件中。");

    private static string Network(ImagePlan plan, ReportWords words)
    {
        string course = words.Of(
            $"While it was trained, pictures were changed by the preset '{plan.Augmentation}'.",
            $"训练时按预设“{plan.Augmentation}”对图像作变化。");
        if (plan.NetworkDigest.Length == 0)
        {
            return words.Of($"Trained from nothing: it had seen no other pictures. {course}", $"从零训练：未见过其他图像。{course}");
        }

        string name = plan.NetworkName.Length > 0 ? plan.NetworkName : words.Of("A pretrained network", "预训练网络");
        return words.Of(
            $"{name} (sha256 {plan.NetworkDigest[..16]}), pretrained on other pictures. {course}",
            $"{name}（sha256 {plan.NetworkDigest[..16]}），已用其他图像预训练。{course}");
    }

    private static string Choice(Run run, ImagePlan plan, ReportWords words)
    {
        string epoch = words.Of("the epoch with the smallest loss on pictures kept back to check on counts", "取在留作核对的图像上损失最小的一轮");
        string cut = plan.EpochsInTime is { } epochs
            ? words.Of(
                $" The time was up after {NumberText.Count(epochs)} epochs of {NumberText.Count(run.Plan.Epochs)}.",
                $"计划 {NumberText.Count(run.Plan.Epochs)} 轮，{NumberText.Count(epochs)} 轮后时限已到。")
            : "";
        return (run.Candidates.Length > 1
            ? words.Of(
                $"A linear head on the frozen network, its penalty chosen by cross-validation, and the network fine-tuned from there ({epoch}); fine-tuning is kept only where it is better on those pictures by more than a standard error.",
                $"冻结网络加线性分类头（惩罚由交叉验证选定），以及由此出发的微调（{epoch}）；只有在核对图像上好出一个标准误以上才保留微调。")
            : run.Candidates[0].Name == "frozen"
            ? words.Of("A linear head on the frozen network; its penalty was chosen by cross-validation.", "冻结网络加线性分类头；惩罚由交叉验证选定。")
            : words.Of($"One kind of model was tried: {epoch}.", $"只尝试了一种模型：{epoch}。")) + cut;
    }
}
