using MedTune.Data.Genes;

namespace MedTune.Reports.Wording;

/// <summary>How sets of rows are called, and which one leads.</summary>
internal static class PartWords
{
    /// <summary>The part whose figures lead the report; null when there is none.</summary>
    public static EvaluationPart? Leading(ReportContent content) => Sorted(content) is [var first, ..] ? first : null;

    /// <summary>The parts with the leading one first; a threshold that is no number counts as none.</summary>
    public static IReadOnlyList<EvaluationPart> Sorted(ReportContent content) =>
    [
        .. content.Parts
            .OrderBy(part => part.Kind switch
            {
                PartKind.External => 0,
                PartKind.Test or PartKind.GivenTest => 1,
                _ => 2,
            })
            .Select(part => part.Threshold is double threshold && !double.IsFinite(threshold) ? part with { Threshold = null } : part),
    ];

    /// <summary>Column heading.</summary>
    public static string Label(PartKind kind, ReportWords words) => kind switch
    {
        PartKind.External => words.Of("New data", "新数据"),
        PartKind.Test => words.Of("Sealed part", "封存集"),
        PartKind.GivenTest => words.Of("Test data", "测试数据"),
        _ => words.Of("Out of fold", "折外"),
    };

    /// <summary>What the part is, for the reader who has not met the word.</summary>
    public static string Explanation(PartKind kind, ReportWords words) => kind switch
    {
        PartKind.External => words.Of("data the model never saw, judged without changing the model", "模型从未见过的数据，评价时模型不作改动"),
        PartKind.Test => words.Of("set aside before anything was fitted", "在任何拟合之前即已预留"),
        PartKind.GivenTest => words.Of("kept or given apart, with no say in anything that was fitted", "单独保留或给出，不参与任何拟合"),
        _ => words.Of("each one predicted by models that had not seen it", "每一例均由未见过它的模型预测"),
    };

    /// <summary>The subject of a sentence about the part's rows: "On the 61 patients sealed away ...".</summary>
    public static string Place(EvaluationPart part, AnswerContent answer, ReportWords words)
    {
        string rows = part.Samples > 0 ? Rows(part.Samples, answer, words) : words.Noun(answer.SampleNounPlural);
        return part.Kind switch
        {
            PartKind.External => words.Of($"On {rows} of new data", $"在新数据的 {rows}中，"),
            PartKind.GivenTest => words.Of($"On {rows} of test data, which had no say in the model,", $"在未参与建模的测试数据的 {rows}中，"),
            PartKind.Test when part.Samples > 0 && part.Samples < answer.Samples => words.Of(
                $"On {NumberText.Count(part.Samples)} of these {answer.SampleNounPlural}, sealed away before anything was fitted,",
                $"在其中任何拟合之前即已封存的 {rows}中，"),
            PartKind.Test => words.Of($"On {rows} sealed away before anything was fitted", $"在任何拟合之前即已封存的 {rows}中，"),
            _ => words.Of($"Over {rows}, each predicted by models that had not seen it,", $"在 {rows}中（每一例均由未见过它的模型预测），"),
        };
    }

    /// <summary>"61 patients", "1 patient".</summary>
    public static string Rows(int count, AnswerContent answer, ReportWords words) => words.Counted(count, answer.SampleNoun, answer.SampleNounPlural);

    /// <summary>"61 patients, 28 (46%) with the outcome".</summary>
    public static string Size(EvaluationPart part, AnswerContent answer, ReportWords words)
    {
        if (part.Samples <= 0)
        {
            return words.Of("size not stored in the model file", "模型文件中未记录例数");
        }

        string text = Rows(part.Samples, answer, words);
        if (part.Patients is int patients && patients != part.Samples)
        {
            text += answer.Genes == GeneForm.Sequence
                ? words.Of($" in {NumberText.Count(patients)} groups of alike ones", $"（相似者归为 {NumberText.Count(patients)} 组）")
                : words.Of($" of {NumberText.Count(patients)} patients", $"（来自 {NumberText.Count(patients)} 例患者）");
        }

        return part.Events is int events && part.Samples > 0
            ? words.Of(
                $"{text}, {NumberText.Count(events)} ({NumberText.Percent((double)events / part.Samples)}) with the outcome",
                $"{text}，{NumberText.Count(events)} 例（{NumberText.Percent((double)events / part.Samples)}）结局阳性")
            : text;
    }
}
