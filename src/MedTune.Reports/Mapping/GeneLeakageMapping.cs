using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The leakage certificate of gene data: what could flatter a model, and how each sign was answered.</summary>
internal static class GeneLeakageMapping
{
    public static LeakageContent Of(FinishedRun finished, ReportWords words)
    {
        var (run, record) = (finished.Run, finished.Record);
        var data = run.Data;
        var checks = new List<LeakageRow>();
        if (data.Genes != GeneForm.Sequence)
        {
            checks.Add(Patients(data, words));
        }

        checks.AddRange(data.Genes switch
        {
            GeneForm.Sequence => Sequences(run, words),
            GeneForm.Genotype =>
            [
                Found(run, words.Of("The same person twice, by genotypes that nearly agree.", "基因型几乎一致的同一人。"), GeneFindingCodes.AlikeSamples, words),
                Found(run, words.Of("Relatives, by their genotypes.", "按基因型有亲缘关系的样本。"), GeneFindingCodes.RelatedSamples, words),
                Found(run, words.Of("Samples with nearly the same genotypes under two labels.", "基因型几乎相同而标签不同的样本。"), GeneFindingCodes.ContradictingSamples, words),
                Found(run, words.Of("Genotypes that are missing more often than usual: called apart, they can tell the label.", "缺失较多的基因型：若分批检出，缺失本身可能反映标签。"), GeneFindingCodes.UncalledVariants, words),
            ],
            _ =>
            [
                Found(run, words.Of("Samples with exactly the same measurements.", "测量值完全相同的样本。"), GeneFindingCodes.SameMeasurements, words),
                Found(run, words.Of("Samples with the same measurements under two labels.", "测量值相同而标签不同的样本。"), GeneFindingCodes.ContradictingMeasurements, words),
                Found(run, words.Of("The label, or a text that may hold it, among the measurements.", "混在测量值中的标签或可能含标签的文字。"), GeneFindingCodes.TextColumns, words),
            ],
        });
        if (data.Genes != GeneForm.Sequence)
        {
            checks.Add(Found(run, words.Of("A batch, plate or site that tells the label.", "可反映标签的批次、板号或中心。"), GeneFindingCodes.BatchTellsLabel, words));
        }

        checks.Add(Chosen(run, words));
        checks.Add(new LeakageRow(
            LeakageVerdict.Unknown,
            data.Genes == GeneForm.Sequence ? words.Of("Negatives that differ from positives in more than what is asked.", "阴性序列与阳性序列在所问之外也有差异。") : words.Of("Classes that were measured in different batches.", "各类别在不同批次中测量。"),
            data.Genes == GeneForm.Sequence
                ? words.Of("How the negatives were drawn only the maker of the data knows; length and GC content are looked at above.", "阴性序列如何选取只有数据的制作者知道；长度与 GC 含量见上。")
                : words.Of("Data do not say when and where each sample was measured unless a column does; a model that is good only where batches are mixed has learned the batch.", "除非有列标明，否则数据不说明每个样本何时何地测量；若模型只在各批次混合时表现好，则学到的是批次。")));
        int serious = checks.Count(check => check.Verdict is LeakageVerdict.Warning or LeakageVerdict.Open or LeakageVerdict.Accepted);
        string all = RowNoun.Of(data).Count(data.Rows, words);
        return new LeakageContent(
            serious == 0
                ? words.Of($"No sign of a leak was found in {all}.", $"在 {all}中未发现泄漏迹象。")
                : words.Of($"{NumberText.Count(serious)} {(serious == 1 ? "sign that deserves" : "signs that deserve")} a look in {all}.", $"在 {all}中有 {NumberText.Count(serious)} 项迹象值得查看。"),
            words.Of("The checks see letters, values and labels only: how samples came to their labels is for a person who knows the data to say.", "检查只看字母、数值和标签：样本如何得到其标签，须由了解数据的人判断。"),
            checks);

        LeakageRow Patients(DatasetSummary data, ReportWords words)
        {
            string @checked = words.Of("One patient on both sides of a split.", "同一患者出现在划分的两侧。");
            return Finding(run, FindingCodes.FoldsSplitPatients) is { } torn ? new LeakageRow(LeakageVerdict.Warning, @checked, words.Given(torn.Message))
                : data.Patients is { } patients
                ? new LeakageRow(LeakageVerdict.Clear, @checked, words.Of(
                    $"Each of the {NumberText.Count(patients)} patients stands on one side of every split.",
                    $"{NumberText.Count(patients)} 例患者在每次划分时均位于同一侧。"))
                : new LeakageRow(LeakageVerdict.Unknown, @checked, words.Of(
                    "No column says who the patients are, so every sample was taken for another patient; --patient names the column.",
                    "没有列标明患者，因此每个样本视为不同的患者；可用 --patient 指定该列。"));
        }
    }

    private static IEnumerable<LeakageRow> Sequences(Run run, ReportWords words) =>
    [
        Found(run, words.Of("Sequences that repeat another one, also on the other strand.", "与另一条重复的序列，含另一条链。"), GeneFindingCodes.SameSequences, words),
        Found(run, words.Of("The same sequence under two labels.", "标签不同的相同序列。"), GeneFindingCodes.ContradictingSequences, words),
        Found(run, words.Of("Sequences that share much of their k-mers.", "k-mer 大部分相同的序列。"), GeneFindingCodes.SimilarSequences, words),
        Found(run, words.Of("Length alone tells the label.", "仅凭长度即可判断标签。"), GeneFindingCodes.LengthTellsLabel, words),
        Found(run, words.Of("The share of G and C alone tells the label.", "仅凭 GC 含量即可判断标签。"), GeneFindingCodes.GcTellsLabel, words),
    ];

    private static LeakageRow Found(Run run, string @checked, string code, ReportWords words) => Finding(run, code) is { } found
        ? new LeakageRow(
            found.Severity == FindingSeverity.Stop ? LeakageVerdict.Accepted : LeakageVerdict.Warning,
            @checked,
            words.Given(found.Message) + words.Space + words.Given(found.Action))
        : new LeakageRow(LeakageVerdict.Clear, @checked, words.Of("None.", "无。"));

    private static LeakageRow Chosen(Run run, ReportWords words)
    {
        string what = run.Data.Genes == GeneForm.Sequence ? words.Of("Words and their rarity", "词及其稀有程度") : words.Of(
            $"Which {GeneWords.Features(run.Data.Genes, words)} are read, means and scales", $"读取哪些{GeneWords.Features(run.Data.Genes, words)}、均值和尺度");
        return new LeakageRow(
            LeakageVerdict.Clear,
            run.Data.Genes == GeneForm.Sequence
                ? words.Of("Words or settings chosen on sequences that judge them.", "用评价序列来选择词或设置。")
                : words.Of(
                    $"{ChartWords.Sentence(GeneWords.Features(run.Data.Genes, words))} or settings chosen on samples that judge them.",
                    $"用评价样本来选择{GeneWords.Features(run.Data.Genes, words)}或设置。"),
            words.Of(
                $"{what} were found inside the training samples of each fold; settings, weights, calibration and threshold came from inner folds of them.",
                $"{what}均在各折的训练样本内得出；设置、权重、校准和阈值来自其内层折。"));
    }

    private static Finding? Finding(Run run, string code) => run.Data.Findings.FirstOrDefault(finding => finding.Code == code);
}
