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
    public static string Label(PartKind kind) => kind switch
    {
        PartKind.External => "New data",
        PartKind.Test => "Sealed part",
        PartKind.GivenTest => "Test data",
        _ => "Out of fold",
    };

    /// <summary>What the part is, for the reader who has not met the word.</summary>
    public static string Explanation(PartKind kind) => kind switch
    {
        PartKind.External => "data the model never saw, judged without changing the model",
        PartKind.Test => "set aside before anything was fitted",
        PartKind.GivenTest => "kept or given apart, with no say in anything that was fitted",
        _ => "each one predicted by models that had not seen it",
    };

    /// <summary>The subject of a sentence about the part's rows: "On the 61 patients sealed away ...".</summary>
    public static string Place(EvaluationPart part, AnswerContent answer)
    {
        string rows = part.Samples > 0 ? Rows(part.Samples, answer) : answer.SampleNounPlural;
        return part.Kind switch
        {
            PartKind.External => $"On {rows} of new data",
            PartKind.GivenTest => $"On {rows} of test data, which had no say in the model,",
            PartKind.Test when part.Samples > 0 && part.Samples < answer.Samples => $"On {NumberText.Count(part.Samples)} of these {answer.SampleNounPlural}, sealed away before anything was fitted,",
            PartKind.Test => $"On {rows} sealed away before anything was fitted",
            _ => $"Over {rows}, each predicted by models that had not seen it,",
        };
    }

    /// <summary>"61 patients", "1 patient".</summary>
    public static string Rows(int count, AnswerContent answer) =>
        $"{NumberText.Count(count)} {(count == 1 ? answer.SampleNoun : answer.SampleNounPlural)}";

    /// <summary>"61 patients, 28 (46%) with the outcome".</summary>
    public static string Size(EvaluationPart part, AnswerContent answer)
    {
        if (part.Samples <= 0)
        {
            return "size not stored in the model file";
        }

        string text = Rows(part.Samples, answer);
        if (part.Patients is int patients && patients != part.Samples)
        {
            text += $" of {NumberText.Count(patients)} patients";
        }

        return part.Events is int events && part.Samples > 0
            ? $"{text}, {NumberText.Count(events)} ({NumberText.Percent((double)events / part.Samples)}) with the outcome"
            : text;
    }
}
