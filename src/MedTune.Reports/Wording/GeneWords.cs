using MedTune.Data.Genes;
using MedTune.Prediction;

namespace MedTune.Reports.Wording;

/// <summary>What is said about gene data.</summary>
internal static class GeneWords
{
    /// <summary>What a model of tables reads, in the plural.</summary>
    public static string Features(GeneForm form, ReportWords words) => form == GeneForm.Genotype ? words.Of("variants", "变异") : words.Of("genes", "基因");

    /// <summary>"7,129 genes".</summary>
    public static string Features(GeneForm form, int count, ReportWords words)
    {
        string one = form == GeneForm.Genotype ? "variant" : "gene";
        return words.Of($"{NumberText.Count(count)} {one}{(count == 1 ? "" : "s")}", $"{NumberText.Count(count)} 个{Features(form, words)}");
    }

    /// <summary>The kind of a model as a noun: one kind, or the weighted mean of several.</summary>
    public static string Kind(string kind, ReportWords words)
    {
        string[] members = [.. kind.Split(" + ").Select(member => words.Given(member))];
        if (members.Length == 1)
        {
            return kind is "k-mers" or "letters by place" ? words.Of($"linear model on {members[0]}", $"基于{members[0]}的线性模型") : members[0];
        }

        return words.Of(
            $"weighted mean of models ({string.Join(", ", members)})",
            $"多个模型的加权平均（{string.Join("、", members)}）");
    }

    /// <summary>The class that something speaks for; for several classes it may speak against one.</summary>
    public static string SpeaksFor(string name, ReportWords words) =>
        name.StartsWith("not ", StringComparison.Ordinal) ? words.Of(name, $"非 {name[4..]}") : name;

    /// <summary>That predictions classify no variants.</summary>
    public static LimitRow NoClassification(ReportWords words) => new(
        words.Of("Not a classification of variants", "不是变异分类"),
        words.Of(
            "A probability or a weight from this model says nothing about whether a variant is pathogenic or benign: that takes the criteria of ACMG/AMP and people trained in them.",
            "本模型给出的概率或权重不能说明某个变异是致病还是良性：这须由受过训练的人员按 ACMG/AMP 标准判定。"));

    /// <summary>What may lie beyond what a model has seen.</summary>
    public static LimitRow OnlyWithin(GeneForm form, ReportWords words) => new(
        words.Of("Only within what it has seen", "仅限于见过的范围"),
        form switch
        {
            GeneForm.Sequence => words.Of(
                "Another organism, another way of cutting windows or another choice of negatives is another task: the model still answers a number, but nothing here says how good it is.",
                "另一物种、另一种截取窗口的方式或另一种阴性序列的选取，即是另一项任务：模型仍会给出数字，但其好坏在此无从得知。"),
            GeneForm.Genotype => words.Of(
                "Allele frequencies differ between populations and calling pipelines between laboratories: for people of another ancestry, or genotypes called another way, nothing here says how good the answers are.",
                "等位基因频率因人群而异，变异检出流程因实验室而异：对其他祖源的人群或以其他方式检出的基因型，其结果好坏在此无从得知。"),
            _ => words.Of(
                "Measurements of another platform, another laboratory or another normalisation lie elsewhere: the model still answers a number, but nothing here says how good it is.",
                "另一平台、另一实验室或另一种标准化得到的测量值分布不同：模型仍会给出数字，但其好坏在此无从得知。"),
        });

    /// <summary>The form that a model file reads; none for tables and pictures.</summary>
    public static GeneForm FormOf(Manifest manifest) => manifest.Genes?.Form ?? GeneForm.None;
}
