using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What was read of gene data, and what stands in a model file about it.</summary>
internal static class GeneMapping
{
    /// <summary>The facts that a table states in rows and columns.</summary>
    public static IEnumerable<FactRow> Facts(DatasetSummary data, ReportWords words)
    {
        var rows = RowNoun.Of(data);
        bool isSequence = data.Genes == GeneForm.Sequence;
        yield return new(words.Of("Size", "大小"), isSequence
            ? rows.Count(data.FileRows, words)
            : words.Of(
                $"{rows.Count(data.FileRows, words)} with labels, {GeneWords.Features(data.Genes, data.FileColumns, words)}",
                $"有标签的{rows.Count(data.FileRows, words)}，{GeneWords.Features(data.Genes, data.FileColumns, words)}"));
        yield return new(words.Of("Classes", "类别"), string.Join(words.Of(", ", "，"), data.Classes.Select(each =>
            each.Name + words.Of(": ", "：") + NumberText.Count(each.Count) + words.InBrackets(NumberText.Percent(data.Rows > 0 ? (double)each.Count / data.Rows : double.NaN)))));
        if (!isSequence)
        {
            string share = NumberText.Percent(data.MissingShare, 1);
            yield return new(words.Of("Values missing", "缺失值"), words.Of($"{share} of all", $"占全部的 {share}"));
            yield return new(words.Of("Patients", "患者"), data.Patients is int patients
                ? NumberText.Count(patients)
                : words.Of("no column says; every sample is taken as one patient", "没有列标明患者；每个样本视为一例患者"));
        }

        if (data.Sites is int sites)
        {
            yield return new(words.Of("Sites", "中心"), NumberText.Count(sites));
        }

        if (data.DuplicateRows > 0)
        {
            yield return new(words.Of("Repeats", "重复"), Repeats(data, words));
        }
    }

    /// <summary>The first and the further boxes of the flow.</summary>
    public static (string First, string Left, string Used) Flow(GeneForm form, ReportWords words) => form == GeneForm.Sequence
        ? (words.Of("Sequences in the files", "文件中的序列"), words.Of("Sequences left", "剩余序列"), words.Of("Sequences used", "使用的序列"))
        : (words.Of("Samples in the table of labels", "标签表中的样本"), words.Of("Samples left", "剩余样本"), words.Of("Samples used", "使用的样本"));

    /// <summary>What a model file says of its input.</summary>
    public static FactRow Input(ManifestGenes genes, ReportWords words) => new(words.Of("Reads", "读取"), genes.Form switch
    {
        GeneForm.Sequence => words.Of($"sequences of up to {NumberText.Count(genes.Length)} letters", $"最长 {NumberText.Count(genes.Length)} 个字母的序列"),
        GeneForm.Genotype => words.Of(
            $"copies of the alternate allele of {GeneWords.Features(genes.Form, genes.Features.Length, words)}{(genes.Build.Length > 0 ? $", {genes.Build}" : "")}",
            $"{GeneWords.Features(genes.Form, genes.Features.Length, words)}的替代等位基因拷贝数{(genes.Build.Length > 0 ? $"，{genes.Build}" : "")}"),
        _ => words.Of($"measurements of {GeneWords.Features(genes.Form, genes.Features.Length, words)}", $"{GeneWords.Features(genes.Form, genes.Features.Length, words)}的测量值"),
    });

    /// <summary>That there are far more genes than samples; null where there are not.</summary>
    public static LimitRow? FewSamples(Manifest manifest, RowNoun rows, ReportWords words)
    {
        if (manifest.Genes is not { Features.Length: var features } genes || features <= manifest.TrainingSamples)
        {
            return null;
        }

        string counted = GeneWords.Features(genes.Form, features, words);
        string fitted = rows.Count(manifest.TrainingSamples, words);
        return new LimitRow(
            words.Of($"Far more {GeneWords.Features(genes.Form, words)} than samples", $"{GeneWords.Features(genes.Form, words)}远多于样本"),
            words.Of(
                $"{counted} were weighed with {fitted}. Another set of samples would lead to another list: how often each one was chosen among halves of the samples says how far it can be trusted.",
                $"以 {fitted}衡量 {counted}。换一批样本会得到另一份名单：各项在样本的一半中被选中的频率说明它有多可信。"));
    }

    private static string Repeats(DatasetSummary data, ReportWords words)
    {
        string count = NumberText.Count(data.DuplicateRows);
        return data.Genes switch
        {
            GeneForm.Sequence => words.Of($"{count} repeat an earlier sequence, also as its reverse complement", $"{count} 条与前面某条序列重复，含反向互补"),
            GeneForm.Genotype => words.Of($"{count} pairs of samples with nearly the same genotypes", $"{count} 对样本的基因型几乎相同"),
            _ => words.Of($"{count} have exactly the measurements of another sample", $"{count} 个样本的测量值与另一样本完全相同"),
        };
    }
}
