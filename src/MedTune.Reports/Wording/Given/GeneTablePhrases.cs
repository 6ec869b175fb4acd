using System.Collections.Immutable;
using MedTune.Data.Genes;

namespace MedTune.Reports.Wording.Given;

/// <summary>What is said of tables of genes and variants: batches, relatives, polygenic scores and the settings of their models.</summary>
internal static class GeneTablePhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("The column '{0}' alone tells the label with an AUROC of {1}.", "仅凭“{0}”一列就能以 {1} 的 AUROC 判断标签。", GeneFindingCodes.BatchTellsLabel),
        new("Measure cases and controls together, or answer that the batch may tell.", "请把病例和对照放在一起测量，或明确接受批次可提示标签。"),
        new("A model may have learned the batch: judge it on samples of another one.", "模型可能学到的是批次：请用另一批次的样本评价它。"),
        new("The measurements tell the column '{0}' with an AUROC of {1}.", "测量值能以 {1} 的 AUROC 判断“{0}”一列。", GeneFindingCodes.MeasurementsTellBatch),
        new("Kept; with such differences a model may do worse on samples of a batch it has not seen.", "予以保留；有这样的差异，模型在未见过的批次上可能表现较差。"),
        new("{0} pairs of samples are related by their genotypes; the largest family has {1} of {2} samples.", "按基因型，有 {0} 对样本有亲缘关系；最大的家系含 {2} 个样本中的 {1} 个。", GeneFindingCodes.RelatedSamples),
        new("{0}: {1} variants of the score have no position.", "{0}：评分中有 {1} 个变异没有位置。", GeneFindingCodes.ScoreWithoutPosition),
        new("Looked up by their identifiers where they have one.", "有标识符的按标识符查找。"),
        new(
            "Of the {0} variants of the score {1} {2} are among the genotypes, {3} of them with the effect on the reference's allele, {4} on the other strand.",
            "评分 {1} 的 {0} 个变异中有 {2} 个在基因型数据中，其中 {3} 个的效应在参考等位基因上，{4} 个在另一条链上。",
            GeneFindingCodes.ScoreFound),
        new("Used without the others; a score with so few of its variants says less than published.", "不用其余变异；变异如此之少的评分不及发表时的效力。"),
        new("Joined to the model as one feature.", "作为一个变量加入模型。"),
        new("{0} variants of the score {1} have alleles that are each other's complement, so that their strand cannot be told.", "评分 {1} 中有 {0} 个变异的两个等位基因互补，无法判断其所在的链。", GeneFindingCodes.ScoreAmbiguous),
        new("Left out of the score.", "未计入评分。"),
        new("ridge regression of chosen genes", "所选基因的岭回归"),
        new("ridge regression", "岭回归"),
        new("elastic net", "弹性网"),
        new("dosages with ancestry", "剂量与祖源成分"),
        new("mean of {0} settings, most of {1}", "{0} 种设置的均值，以 {1*} 为主"),
        new("{0} features, penalty {1}", "{0} 个变量，惩罚 {1}"),
        new("lasso share {0}, step {1} of {2}", "lasso 比例 {0}，第 {1} 步（共 {2} 步）"),
        new("{0} trees", "{0} 棵树"),
        new("{0} rounds", "{0} 轮"),
    ];
}
