namespace MedTune.Reports.Wording;

/// <summary>What is said of models of several findings.</summary>
internal static class FindingWords
{
    private const int MostNamed = 4;
    private const int FewOfAKind = 100;

    private static readonly (string Name, string Label, string Explanation)[] Known =
    [
        ("macro_auroc", "AUROC, mean over findings", "Chance that someone with a finding gets a higher probability for it than someone without, averaged over the findings. 0.5 is a coin toss, 1 is perfect."),
        ("macro_average_precision", "Average precision, mean over findings", "Share of right flags, averaged over all thresholds and over the findings. Chance gives the share with the finding."),
        ("macro_f1", "F1, mean over findings", "Harmonic mean of sensitivity and precision, averaged over the findings."),
        ("micro_auroc", "AUROC, all findings pooled", "The same over all pairs of a picture and a finding together: common findings count more, and knowing which are common helps."),
        ("micro_average_precision", "Average precision, all findings pooled", "Share of right flags over all pairs of a picture and a finding."),
        ("micro_f1", "F1, all findings pooled", "Harmonic mean of sensitivity and precision over all pairs of a picture and a finding."),
        ("exact_match", "Every finding right", "Share of pictures in which each finding is answered as it was read."),
        ("hamming_loss", "Answered wrongly", "Share of pairs of a picture and a finding that are answered wrongly. Lower is better."),
    ];

    /// <summary>The figures that lead, in their order.</summary>
    public static string[] Leading { get; } = ["macro_auroc", "macro_average_precision", "macro_f1", "micro_auroc", "exact_match", "hamming_loss"];

    /// <summary>A figure over all findings with its name for people.</summary>
    public static MetricRow Labelled(MetricRow row)
    {
        int place = Array.FindIndex(Known, known => known.Name == row.Name);
        return place < 0 ? row : row with { Label = Known[place].Label, Explanation = Known[place].Explanation };
    }

    /// <summary>Findings as a noun phrase: their names, or how many they are.</summary>
    public static string Named(IReadOnlyList<string> names) => names.Count switch
    {
        1 => names[0],
        <= MostNamed => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        var count => $"{NumberText.Count(count)} findings",
    };

    /// <summary>The opening paragraph.</summary>
    public static IReadOnlyList<Phrase> Answer(ReportContent content)
    {
        var (answer, paragraph) = (content.Answer, new Paragraph());
        paragraph.Say("This model gives the probability of ").Stress(answer.Outcome).Say(answer.ClassNames.Count > 1 ? ", each by itself: a " + answer.SampleNoun + " may have none, one or several of them. " : ". ");
        paragraph.Say(content.Kind == ReportKind.Evaluation
            ? $"It is a finished {answer.ModelKind}, applied unchanged. "
            : $"It is a {answer.ModelKind}, made with the data of {PartWords.Rows(answer.Samples, answer)}{(answer.Patients is int patients && patients != answer.Samples ? $" from {NumberText.Count(patients)} patients" : "")}. ");
        if (PartWords.Leading(content) is not { } part)
        {
            return paragraph.Phrases;
        }

        if (MetricCatalog.Find(part.Metrics, "macro_auroc") is { } auroc)
        {
            string interval = NumberText.Interval(auroc.Low, auroc.High, NumberStyle.Decimal);
            paragraph.Say($"{PartWords.Place(part, answer)} it gave a {answer.SampleNoun} with a finding a higher probability for it than one without in ")
                .Stress($"{NumberText.Count((long)Math.Round(auroc.Value * 100))} of 100 pairs")
                .Say($", averaged over the findings (AUROC {NumberText.Decimal(auroc.Value)}{(interval.Length > 0 ? $", 95% interval {interval}" : "")}; chance would be 50). ");
        }

        Extremes(paragraph, part);
        return paragraph.Phrases;
    }

    private static void Extremes(Paragraph paragraph, EvaluationPart part)
    {
        var ranked = part.Findings.Select(finding => (finding.Name, Row: MetricCatalog.Find(finding.Metrics, "auroc"))).Where(pair => pair.Row is not null).OrderBy(pair => pair.Row!.Value).ToList();
        if (ranked.Count > 1)
        {
            paragraph.Say($"It tells “{ranked[^1].Name}” best (AUROC {NumberText.Decimal(ranked[^1].Row!.Value)}) and “{ranked[0].Name}” worst ({NumberText.Decimal(ranked[0].Row!.Value)}). ");
        }

        var few = part.Findings.Where(finding => Math.Min(finding.Positives, part.Samples - finding.Positives) < FewOfAKind).ToList();
        if (few.Count > 0)
        {
            paragraph.Say($"Fewer than {NumberText.Count(FewOfAKind)} with or without it stand behind the figures of {Named([.. few.Select(finding => finding.Name)])}: read the intervals, not the points. ");
        }
    }
}
