using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What the model is not. The page adds those that follow from the figures themselves.</summary>
internal static class LimitMapping
{
    // Below ten outcomes for each column, models fit noise easily (Peduzzi and others, Journal of Clinical Epidemiology 49:1373, 1996).
    private const int EnoughPerColumn = 10;
    private const int EnoughOfAClass = 100;

    public static IReadOnlyList<LimitRow> Of(FinishedRun finished, RowNoun rows, ReportWords words)
    {
        var run = finished.Run;
        var manifest = run.Model.Manifest;
        var limits = new List<LimitRow>();
        if (manifest.Parent is null && FewPerColumn(manifest, rows, words) is { } few)
        {
            limits.Add(few);
        }

        if (GeneMapping.FewSamples(manifest, rows, words) is { } samples)
        {
            limits.Add(samples);
        }

        if (RareClass(run.Data, rows, words) is { } rare)
        {
            limits.Add(rare);
        }

        if (manifest.Parent is not null)
        {
            limits.Add(new(words.Of("The source data were not seen", "未见源数据"), words.Of(
                "Nobody can tell from here whether some of these patients are among those the source model was made from; equal rows would flatter it.",
                "无从得知这些患者中是否有人曾用于建立源模型；相同的记录会使指标偏高。")));
        }

        AddCommon(limits, manifest, run.Data, isSplit: true, words);
        return limits;
    }

    public static IReadOnlyList<LimitRow> Of(ExternalEvaluation evaluation, RowNoun rows, ReportWords words)
    {
        var limits = new List<LimitRow>
        {
            new(words.Of("One place, one time", "一地一时"), words.Of(
                $"These figures hold for {(evaluation.Data.Genes == GeneForm.None ? "patients" : rows.Many)} like these. Another hospital, another year or another way of measuring is another validation.",
                $"这些指标适用于与此类似的{(evaluation.Data.Genes == GeneForm.None ? "患者" : words.Noun(rows.Many))}。另一家医院、另一年份或另一种测量方法须另行验证。")),
        };
        if (RareClass(evaluation.Data, rows, words) is { } rare)
        {
            limits.Add(rare);
        }

        if (evaluation.Openings > 1)
        {
            limits.Add(new(words.Of("These data were used before", "这些数据曾被使用"), words.Of(
                $"They have judged a model {NumberText.Count(evaluation.Openings)} times on this machine. Picking the best of several models by them makes its figures too good.",
                $"在本机已用于评价模型 {NumberText.Count(evaluation.Openings)} 次。据此从多个模型中挑选最好的，会使其指标偏高。")));
        }

        AddCommon(limits, evaluation.Model.Manifest, evaluation.Data, isSplit: false, words);
        return limits;
    }

    public static IReadOnlyList<LimitRow> Of(Manifest manifest, ReportWords words)
    {
        var limits = new List<LimitRow>();
        AddCommon(limits, manifest, null, isSplit: false, words);
        return limits;
    }

    private static void AddCommon(List<LimitRow> limits, Manifest manifest, DatasetSummary? data, bool isSplit, ReportWords words)
    {
        if (manifest.Genes is { } genes)
        {
            AddGenes(limits, genes.Form, data, words);
        }
        else if (data is { Patients: null })
        {
            limits.Add(new(words.Of("One row is taken as one patient", "一条记录视为一例患者"), words.Of(
                "No column says who the patients are. If some have several rows, "
                    + (isSplit ? "rows of one patient stood on both sides of a split and the figures are too good" : "the intervals are too narrow")
                    + ": name the column with --patient.",
                "没有列标明患者。如有患者有多条记录，则"
                    + (isSplit ? "同一患者的记录会出现在划分的两侧，指标偏高" : "置信区间偏窄")
                    + "：请用 --patient 指定该列。")));
        }

        limits.Add(manifest.Genes is { } read ? GeneWords.OnlyWithin(read.Form, words) : new(words.Of("Only within what it has seen", "仅限于见过的范围"), words.Of(
            "For a patient outside the ranges and levels of the training data it still answers a number, but nothing here says how good that number is; prediction warns of such values.",
            "对超出训练数据范围或水平的患者，模型仍会给出数字，但其好坏在此无从得知；预测时会对这类值给出警告。")));
        if (manifest.IntendedUse.Length == 0)
        {
            limits.Add(new(words.Of("No use is stated", "未说明用途"), words.Of(
                "Whoever made the model has not written down for which patients, when and for which decision it is meant.",
                "建模者未写明模型用于哪些患者、何时以及何种决策。")));
        }
    }

    private static void AddGenes(List<LimitRow> limits, GeneForm form, DatasetSummary? data, ReportWords words)
    {
        limits.Add(GeneWords.NoClassification(words));
        if (form != GeneForm.Sequence && data is { Patients: null })
        {
            limits.Add(new(words.Of("One sample is taken as one patient", "一个样本视为一例患者"), words.Of(
                "No column says who the patients are. If some gave several samples, the figures are too good and the intervals too narrow: name the column with --patient.",
                "没有列标明患者。如有患者提供多个样本，则指标偏高、置信区间偏窄：请用 --patient 指定该列。")));
        }
    }

    private static LimitRow? FewPerColumn(Manifest manifest, RowNoun rows, ReportWords words)
    {
        int rarest = manifest.TrainingClassCounts.Min();
        return rarest < EnoughPerColumn * manifest.Columns.Length
            ? new LimitRow(
                words.Of("Few outcomes for so many columns", "变量多而结局少"),
                words.Of(
                    $"{NumberText.Count(manifest.Columns.Length)} columns were weighed with {rows.Count(rarest, words)} of the rarer kind in training. Below ten for each column a model fits noise easily; the penalty holds that back, but does not undo it.",
                    $"训练中以较少一类的 {rows.Count(rarest, words)}衡量 {NumberText.Count(manifest.Columns.Length)} 个变量。每个变量不足十例时模型容易拟合噪声；惩罚可以抑制，但不能消除。"))
            : null;
    }

    private static LimitRow? RareClass(DatasetSummary data, RowNoun rows, ReportWords words)
    {
        if (data.Classes.Length <= (data.HasSeveralLabels ? 0 : 2))
        {
            return null;
        }

        var rarest = data.Classes.OrderBy(each => each.Count).First();
        return rarest.Count < EnoughOfAClass
            ? data.HasSeveralLabels
                ? new LimitRow(words.Of("A rare finding", "少见征象"), words.Of(
                    $"Only {rows.Count(rarest.Count, words)} {(rarest.Count == 1 ? "has" : "have")} the finding {rarest.Name}: what is said about it is uncertain.",
                    $"只有 {rows.Count(rarest.Count, words)}有征象“{rarest.Name}”：有关它的结论不确定。"))
                : new LimitRow(words.Of("A rare class", "少见类别"), words.Of(
                    $"There are only {rows.Count(rarest.Count, words)} of the class {rarest.Name}: what is said about it is uncertain.",
                    $"类别“{rarest.Name}”只有 {rows.Count(rarest.Count, words)}：有关它的结论不确定。"))
            : null;
    }
}
