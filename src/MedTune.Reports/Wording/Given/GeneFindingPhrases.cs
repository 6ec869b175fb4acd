using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Genes;

namespace MedTune.Reports.Wording.Given;

/// <summary>Findings about gene data, and what was done about them.</summary>
internal static class GeneFindingPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } = [.. Sequences, .. Variants, .. Tables, .. Folds("samples", "样本", "个"), .. Folds("sequences", "序列", "条"), .. Actions];

    private static ImmutableArray<GivenPhrase> Sequences =>
    [
        new("The positive class is {0}: {1}.", "阳性类别为“{0}”：{1*}。", GeneFindingCodes.PositiveClass),
        new("its file was named first", "其文件最先给出"),
        new("{0} of {1} sequences {2}.", "{1} 条序列中有 {0} 条{2*}。"),
        new("have no letters", "没有字母", GeneFindingCodes.EmptySequences),
        new("share their name with another one", "与另一条同名", GeneFindingCodes.RepeatedNames),
        new("hold letters that stand for several bases ({0} letters)", "含代表多种碱基的字母（{0} 个字母）", GeneFindingCodes.AmbiguousLetters),
        new("have letters in lower case ({0} letters; usually repeats)", "含小写字母（{0} 个字母；通常为重复序列）", GeneFindingCodes.SoftMasked),
        new("hold U ({0} letters)", "含 U（{0} 个字母）", GeneFindingCodes.Rna),
        new("The sequences are written as overlapping k-mers.", "序列以重叠的 k-mer 书写。", GeneFindingCodes.Kmers),
        new("{0} sequences repeat an earlier one, {1} of them on the other strand.", "{0} 条序列与前面某条重复，其中 {1} 条在另一条链上。", GeneFindingCodes.SameSequences),
        new("{0} sequences repeat an earlier one, letter by letter, under another label.", "{0} 条序列与前面某条逐字母相同而标签不同。", GeneFindingCodes.ContradictingSequences),
        new("{0} pairs share {1} or more of their k-mers; the largest group has {2} of {3} sequences.", "{0} 对序列有 {1} 或更多的 k-mer 相同；最大的一组有 {2} 条，共 {3} 条序列。", GeneFindingCodes.SimilarSequences),
        new("The [length] of a sequence alone tells the label with an AUROC of {0}.", "仅凭序列长度即可判断标签，AUROC 为 {0}。", GeneFindingCodes.LengthTellsLabel),
        new("The [share of G and C] of a sequence alone tells the label with an AUROC of {0}.", "仅凭序列的 GC 含量即可判断标签，AUROC 为 {0}。", GeneFindingCodes.GcTellsLabel),
    ];

    private static ImmutableArray<GivenPhrase> Variants =>
    [
        new("{0} variants {1}.", "{0} 个变异{1*}。"),
        new("are there already, perhaps written in another way", "已经存在，可能写法不同", GeneFindingCodes.RepeatedVariants),
        new("failed a filter", "未通过过滤", GeneFindingCodes.FilteredVariants),
        new("have no genotypes (GT)", "没有基因型（GT）", GeneFindingCodes.WithoutGenotypes),
        new("are no change of letters (*, symbols, breakends)", "不是字母的改变（*、符号、断点）", GeneFindingCodes.OtherAlleles),
        new("have samples with one chromosome only", "有只含一条染色体的样本", GeneFindingCodes.Haploid),
        new("are the same in all samples", "在所有样本中相同", GeneFindingCodes.ConstantVariants),
        new("are unknown in more than 10 % of the samples", "在超过 10% 的样本中未知", GeneFindingCodes.UncalledVariants),
        new("{0} pairs of samples have nearly the same genotypes: one person twice, or identical twins.", "{0} 对样本的基因型几乎相同：同一人出现两次，或为同卵双生。", GeneFindingCodes.AlikeSamples),
        new("{0} of those pairs have two labels.", "其中 {0} 对的两个标签不同。", GeneFindingCodes.ContradictingSamples),
        new("{0}: nothing says which build of the genome the positions belong to.", "{0}：没有说明位置所属的基因组版本。", GeneFindingCodes.Build),
        new("{0}: the last line does not end with a line feed.", "{0}：最后一行没有以换行结束。", GeneFindingCodes.VcfRule),
        new("{0}: {1} [line|lines], first {2}: {3}.", "{0}：{1} 行，首见于第 {2} 行：{3*}。", GeneFindingCodes.VcfRule),
        new("{0}: {1} [record|records], first {2}: {3}.", "{0}：{1} 条记录，首见于第 {2} 条：{3*}。", GeneFindingCodes.VcfRule),
        .. VcfRulePhrases.All,
    ];

    private static ImmutableArray<GivenPhrase> Tables =>
    [
        new("{0}: {1} rows repeat a sample of a row before.", "{0}：{1} 行重复了前面某行的样本。", GeneFindingCodes.RepeatedSamples),
        new("{0}: {1} [rows|columns] repeat a sample with the same values.", "{0}：有 {1} 处重复的样本，数值相同。", GeneFindingCodes.RepeatedSamples),
        new("{0}: {1} [sample is|samples are] not in {2}.", "{0}：{1} 个样本不在 {2} 中。", GeneFindingCodes.UnmatchedSamples),
        new("{0}: has its samples in [rows], as {1} names of {2} show.", "{0}：样本位于行，由 {2} 中的 {1} 个名称得知。", GeneFindingCodes.Orientation),
        new("{0}: has its samples in [columns], as {1} names of {2} show.", "{0}：样本位于列，由 {2} 中的 {1} 个名称得知。", GeneFindingCodes.Orientation),
        new("{0}: {1} of {2} genes {3}.", "{0}：{2} 个基因中有 {1} 个{3*}。"),
        new("are called as one before", "与前面某个同名", GeneFindingCodes.RepeatedGenes),
        new("are controls of the platform (AFFX-), not genes", "是平台的对照探针（AFFX-），不是基因", GeneFindingCodes.ControlProbes),
        new("are called as a date, as spreadsheets do to genes such as SEPT2 and MARCH1", "的名称成了日期，电子表格会这样改写 SEPT2、MARCH1 等基因名", GeneFindingCodes.DamagedGeneNames),
        new("{0}: {1} [column is|columns are] no measurement (text).", "{0}：{1} 列不是测量值（文字）。", GeneFindingCodes.TextColumns),
        new("{0}: {1} [column is|columns are] no measurement (text, or the label itself).", "{0}：{1} 列不是测量值（文字，或标签本身）。", GeneFindingCodes.TextColumns),
        new("{0}: {1} values are missing.", "{0}：{1} 个数值缺失。", GeneFindingCodes.MissingValues),
        new("{0} samples have exactly the measurements of another one.", "{0} 个样本的测量值与另一样本完全相同。", GeneFindingCodes.SameMeasurements),
        new("{0} of those have another label than the sample they repeat.", "其中 {0} 个的标签与所重复的样本不同。", GeneFindingCodes.ContradictingMeasurements),
        new("matrix of {0} genes, samples in [rows]", "{0} 个基因的矩阵，样本位于行"),
        new("matrix of {0} genes, samples in [columns]", "{0} 个基因的矩阵，样本位于列"),
        new("genotypes of {0} variants", "{0} 个变异的基因型"),
        new("table of sequences", "序列表"),
        new("{0} files of sequences, one for each class", "{0} 个序列文件，每个类别一个"),
        new("without letters", "没有字母"),
        new("not in both files, or repeated", "不同时在两个文件中，或重复"),
    ];

    private static IEnumerable<GivenPhrase> Folds(string noun, string chinese, string measure) =>
    [
        new($"The fold file lists {{0}} [{noun}] that are not used ({{1}}).", $"分折文件列出了 {{0}} {measure}未使用的{chinese}（{{1*}}）。", FindingCodes.FoldsRowsLeftOut),
        new("they are not in both files, or have no letters", "不同时在两个文件中，或没有字母"),
        new($"The fold file does not list {{0}} [{noun}].", $"分折文件未列出 {{0}} {measure}{chinese}。", FindingCodes.FoldsRowsNotListed),
        new($"The fold file puts [{noun}] of {{0}} patients into different folds.", $"分折文件把 {{0}} 例患者的{chinese}分到了不同的折。", FindingCodes.FoldsSplitPatients),
        new($"The fold file puts equal [{noun}] into different folds ({{0}} [set|sets] of equal [{noun}]).", $"分折文件把相同的{chinese}分到了不同的折（{{0}} 组相同{chinese}）。", FindingCodes.FoldsSplitDuplicates),
        new($"These [{noun}] are neither trained on nor predicted.", $"这些{chinese}既不用于训练，也不作预测。"),
        new($"They are not predicted, and no fold trains on them; the final model is fitted on all [{noun}].", $"不对它们作预测，任何折也不用其训练；最终模型用全部{chinese}拟合。"),
    ];

    private static ImmutableArray<GivenPhrase> Actions =>
    [
        new("Name the other one with --positive if that is wrong.", "如不正确，请用 --positive 指定另一类别。"),
        new("Left out.", "已排除。"),
        new("Kept as samples of their own; sequences that are the same are reported by themselves.", "各作为一个样本保留；相同的序列另行报告。"),
        new("Kept as they are: a model sees that the base is unknown.", "照原样保留：模型得知该碱基未知。"),
        new("Read as upper case.", "按大写读取。"),
        new("Read as T.", "按 T 读取。"),
        new("Joined them to sequences again; each k-mer continues the one before.", "已重新拼接为序列；每个 k-mer 均与前一个衔接。"),
        new("Kept on one side of every split.", "每次划分时位于同一侧。"),
        new("Kept; look at both, one label at most is right.", "保留；请查看两者，至多一个标签正确。"),
        new("Cut all sequences to the same window, or answer that the length may tell.", "请将所有序列截为同样的窗口，或声明允许以长度判断。"),
        new("Shown beside every score; a model is worth something only above it.", "与每项评分并列显示；模型只有超过它才有价值。"),
        new("Left out all but the first; check which line is right.", "只保留第一个；请查看哪一行正确。"),
        new("Counted 0 or 1 for them, 0 to 2 for the others; mind it where sexes are compared.", "它们计为 0 或 1，其余计为 0 至 2；比较性别时请注意。"),
        new("Kept; they say nothing, and a model gives them no weight.", "保留；它们不含信息，模型不赋予权重。"),
        new("Kept; where cases and controls were called apart, missing genotypes can tell the label.", "保留；若病例与对照分开检出，缺失的基因型可能反映标签。"),
        new("Kept; look at both, a sample may have been swapped.", "保留；请查看两者，样本可能被调换。"),
        new("Name the build; positions of GRCh37 and GRCh38 must never be joined.", "请指明版本；GRCh37 与 GRCh38 的位置绝不可混用。"),
        new("Read all the same; a strict reading refuses it.", "仍然读取；严格读取会拒绝它。"),
        new("Read all the same; check that the file is not cut short.", "仍然读取；请检查文件是否被截断。"),
        new("Counted each sample once.", "每个样本只计一次。"),
        new("Kept each sample once.", "每个样本只保留一次。"),
        new("Left out; check that both files name samples in the same way.", "已排除；请检查两个文件的样本名称写法是否一致。"),
        new("Read that way; --samples-in says otherwise.", "按此读取；如不是，请用 --samples-in。"),
        new("Kept, with a number behind the name; averaging them before may be better.", "保留，名称后加编号；事先取平均可能更好。"),
        new("Kept; take them out if they must not be chosen.", "保留；如不应被选中，请去除。"),
        new("Kept; take the names from the source.", "保留；请采用来源中的名称。"),
        new("Kept as missing; a model needs them filled in from training samples only.", "作为缺失保留；模型只用训练样本填补。"),
        new("Kept on one side of every split; check whether a sample was written down twice.", "每次划分时位于同一侧；请检查样本是否被登记了两次。"),
    ];
}
