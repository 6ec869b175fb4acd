using MedTune.Data.Genes;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>How a model for gene data was made and judged.</summary>
internal static class GeneMethodMapping
{
    /// <summary>The steps in their order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">Its choices about gene data.</param>
    /// <param name="hasFolds">Whether the folds were given.</param>
    /// <param name="keptAside">What was kept aside, as for a table.</param>
    /// <param name="rows">What a sample is called.</param>
    /// <param name="words">The report's words.</param>
    public static List<FactRow> Steps(Run run, GenePlan plan, bool hasFolds, string keptAside, RowNoun rows, ReportWords words)
    {
        var manifest = run.Model.Manifest;
        var form = run.Data.Genes;
        var steps = new List<FactRow>
        {
            new(words.Of("Kept aside", "预留数据"), keptAside),
            new(words.Of("Out of fold", "折外评价"), OutOfFold(run, plan, hasFolds, rows, words)),
            new(words.Of("Preprocessing", "预处理"), Preprocessing(form, words)),
            new(words.Of("Choice", "选择"), Choice(run, words)),
            new(words.Of("Calibration", "校准"), MethodMapping.Calibration(manifest, words)),
        };
        if (manifest.Threshold is { } threshold)
        {
            steps.Add(new(words.Of("Threshold", "阈值"), ThresholdWords.With(threshold, manifest, words) + MethodMapping.OwnThresholds(words)));
        }

        if (run.Genes?.Shuffled is { } shuffled)
        {
            steps.Add(new(words.Of("Permutation test", "置换检验"), words.Of(
                $"Labels were shuffled {NumberText.Count(shuffled.Times)} times, those of samples that belong together as one; each time a ridge regression on all of the input was judged out of fold. "
                    + "p: how often that was as good as with the true labels, one counted more on both sides.",
                $"将标签随机打乱 {NumberText.Count(shuffled.Times)} 次，同组样本一起打乱；每次对用全部输入的岭回归作折外评价。p 为达到真实标签水平的比例，分子分母各加一。")));
        }

        string fitted = rows.Count(manifest.TrainingSamples, words);
        steps.Add(new(words.Of("Final model", "最终模型"), run.Parts.Any(part => part.Part == "test")
            ? words.Of($"Made in the same way from {fitted}, none of them among those sealed.", $"以同样的方式由 {fitted}制成，其中没有封存的{words.Noun(rows.Many)}。")
            : words.Of($"Made in the same way from {fitted}, all there were.", $"以同样的方式由全部 {fitted}制成。")));
        steps.Add(MethodMapping.Intervals(words));
        return steps;
    }

    private static string OutOfFold(Run run, GenePlan plan, bool hasFolds, RowNoun rows, ReportWords words)
    {
        int folds = CandidateMapping.Folds(run);
        string count = NumberText.Count(folds);
        string dealt = hasFolds
            ? words.Of($"{count} folds were given by a file and followed exactly.", $"{count} 折由文件给出，严格照此执行。")
            : plan.FoldsInTime is not null
            ? words.Of(
                $"Of the folds into which the {rows.Many} to learn from were divided, {count} {(folds == 1 ? "was" : "were")} judged before the time was up; the other {rows.Many} have no answer out of fold.",
                $"学习用的{words.Noun(rows.Many)}所分各折中，{count} 折在时限内完成评价；其余{words.Noun(rows.Many)}没有折外答案。")
            : words.Of($"The {rows.Many} to learn from were divided into {count} folds at random, each class by its share.", $"学习用的{words.Noun(rows.Many)}按各类别比例随机分为 {count} 折。");
        string together = hasFolds ? "" : words.Space + Together(run, words);
        string inside = run.Data.Genes == GeneForm.Sequence
            ? words.Of("words, penalties, epochs, what each model counts, calibration and threshold", "词、惩罚、轮次、各模型的权重、校准和阈值")
            : words.Of(
                $"which {GeneWords.Features(run.Data.Genes, words)} are read, penalties, what each model counts, calibration and threshold",
                $"读取哪些{GeneWords.Features(run.Data.Genes, words)}、惩罚、各模型的权重、校准和阈值");
        return dealt + together + words.Of(
            $" For each fold everything was chosen anew, inside the other folds only: {inside}. Nothing was chosen with the {rows.Many} that judge it in sight.",
            $"对每一折，一切均重新选定，且只用其他折：{inside}。任何选择都没有用到评价它的{words.Noun(rows.Many)}。");
    }

    /// <summary>What stands on one side of every split.</summary>
    private static string Together(Run run, ReportWords words) => run.Data.Genes switch
    {
        GeneForm.Sequence => words.Of(
            "Copies, reverse complements, and sequences that share much of their k-mers stand in one fold.",
            "相同的序列、其反向互补以及 k-mer 大部分相同的序列位于同一折。"),
        GeneForm.Genotype => run.Data.Patients is null
            ? words.Of("Samples with nearly the same genotypes stand in one fold.", "基因型几乎相同的样本位于同一折。")
            : words.Of("All samples of a patient, and samples with nearly the same genotypes, stand in one fold.", "同一患者的所有样本以及基因型几乎相同的样本位于同一折。"),
        _ => run.Data.Patients is null
            ? words.Of("Samples with exactly the same measurements stand in one fold.", "测量值完全相同的样本位于同一折。")
            : words.Of("All samples of a patient, and samples with exactly the same measurements, stand in one fold.", "同一患者的所有样本以及测量值完全相同的样本位于同一折。"),
    };

    private static string Preprocessing(GeneForm form, ReportWords words) => (form switch
    {
        GeneForm.Sequence => words.Of(
            "Letters in either case count the same, U as T; letters that stand for several bases are read as not known, and so are places behind the end.",
            "字母不分大小写，U 视为 T；代表多种碱基的字母按未知读取，序列末端之后的位置亦然。"),
        GeneForm.Genotype => words.Of(
            "Genotypes count the copies of the alternate allele; unknown ones are filled in from the training samples.",
            "基因型以替代等位基因的拷贝数计；未知者由训练样本填补。"),
        _ => words.Of(
            "Measurements are standardised gene by gene; missing ones are filled in from the training samples.",
            "测量值逐个基因标准化；缺失值由训练样本填补。"),
    }) + words.Of(" All of it is measured on training samples only and stands inside the model file.", "这一切只在训练样本上测量，并包含在模型文件中。");

    private static string Choice(Run run, ReportWords words)
    {
        string cut = WarningMapping.LeftOutByClock(run) is { } leftOut
            ? words.Of($" The time limit cut it short: {leftOut}.", $"因时限提前结束：{words.Given(leftOut)}。")
            : "";
        return (run.Candidates.Length == 1
            ? words.Of("One kind of model was tried; its setting was chosen by the inner folds.", "只尝试了一种模型；其设置由内层折选定。")
            : words.Of(
                "Each kind of model at the setting that its inner folds chose; what each counts in the weighted mean follows from its answers for samples of inner folds that it had not seen.",
                "每种模型取其内层折选定的设置；各模型在加权平均中的权重由其对未见过的内层折样本的预测决定。")) + cut;
    }
}
