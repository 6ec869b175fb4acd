namespace MedTune.Reports.Wording;

/// <summary>The opening paragraph: what the model predicts, how well, and what that means for patients.</summary>
internal static class AnswerWords
{
    private const int FewOfAKind = 100;

    /// <summary>The paragraph, sentence after sentence.</summary>
    public static IReadOnlyList<Phrase> Of(ReportContent content)
    {
        if (content.Answer.HasFindings)
        {
            return FindingWords.Answer(content);
        }

        var paragraph = new Paragraph();
        Subject(paragraph, content);
        if (PartWords.Leading(content) is not { } part)
        {
            return paragraph.Phrases;
        }

        if (content.Answer.ClassNames.Count > 2)
        {
            SeveralClasses(paragraph, content.Answer, part);
        }
        else
        {
            Ranking(paragraph, content.Answer, part);
            Probabilities(paragraph, content.Answer, part);
            Decision(paragraph, content.Answer, part);
            Smallness(paragraph, content.Answer, part);
        }

        Second(paragraph, content, part);
        return paragraph.Phrases;
    }

    private static void Subject(Paragraph paragraph, ReportContent content)
    {
        AnswerContent answer = content.Answer;
        bool isSeveral = answer.ClassNames.Count > 2;
        paragraph.Say(isSeveral ? "This model predicts " : "This model gives the probability of ").Stress(answer.Outcome);
        if (answer.Columns > 0)
        {
            paragraph.Say(answer.Columns == 1 ? " from 1 column" : $" from {NumberText.Count(answer.Columns)} columns");
        }

        if (isSeveral)
        {
            paragraph.Say($" as one of {answer.ClassNames.Count} classes");
        }

        if (content.Kind == ReportKind.Evaluation)
        {
            paragraph.Say($". It is a finished {answer.ModelKind}, applied unchanged. ");
            return;
        }

        paragraph.Say(content.Model?.Lineage switch
        {
            { IsUnchanged: true } unchanged => $". It is {unchanged.ParentName}, kept as it is because no change did clearly better on the data of ",
            { } lineage => $". It is a {answer.ModelKind}, fine-tuned from {lineage.ParentName}, using the data of ",
            null => $". It is a {answer.ModelKind}, made with the data of ",
        }).Say(PartWords.Rows(answer.Samples, answer));
        if (answer.Patients is int patients && patients != answer.Samples)
        {
            paragraph.Say($" from {NumberText.Count(patients)} patients");
        }

        if (answer.Events is int events && answer.Samples > 0)
        {
            paragraph.Say($", {NumberText.Count(events)} of them ({NumberText.Percent((double)events / answer.Samples)}) with the outcome");
        }

        paragraph.Say(". ");
    }

    private static void Ranking(Paragraph paragraph, AnswerContent answer, EvaluationPart part)
    {
        if (MetricCatalog.Find(part.Metrics, "auroc") is not { } auroc)
        {
            return;
        }

        paragraph.Say($"{PartWords.Place(part, answer)} it gave a {answer.SampleNoun} with the outcome a higher risk than one without in ")
            .Stress($"{NumberText.Count((long)Math.Round(auroc.Value * 100))} of 100 pairs")
            .Say($" (AUROC {NumberText.Decimal(auroc.Value)}{Between(auroc)}; chance would be 50). ");
    }

    private static void Probabilities(Paragraph paragraph, AnswerContent answer, EvaluationPart part)
    {
        string finding = CalibrationWords.Finding(part.Metrics, answer.SampleNounPlural);
        if (finding.Length > 0)
        {
            paragraph.Say($"{ChartWords.Sentence(finding)} ({CalibrationWords.LeadingFigure(part.Metrics)}). ");
        }
    }

    private static void Decision(Paragraph paragraph, AnswerContent answer, EvaluationPart part)
    {
        if (NaturalFrequencies.Of100(part.Confusion) is not { } of)
        {
            return;
        }

        string threshold = part.Threshold is double value ? $"At the decision threshold of {NumberText.Probability(value)}, of " : "Of ";
        paragraph.Say(threshold)
            .Stress($"{NumberText.Count(of.Of)} {answer.SampleNounPlural} like these {NumberText.Count(of.Flagged)} would be flagged, " +
                $"{NumberText.Count(of.TruePositives)} of them with the outcome")
            .Say($"; of the {NumberText.Count(of.NotFlagged)} not flagged, {NumberText.Count(of.FalseNegatives)} would have it anyway. ");
    }

    private static void Smallness(Paragraph paragraph, AnswerContent answer, EvaluationPart part)
    {
        if (part.Events is not int events || part.Samples <= 0)
        {
            return;
        }

        int rarer = Math.Min(events, part.Samples - events);
        if (rarer < FewOfAKind)
        {
            string kind = events <= part.Samples - events ? "with" : "without";
            paragraph.Say(rarer == 0
                ? $"No {answer.SampleNoun} {kind} the outcome is among them: nothing can be said about telling the two apart. "
                : $"Only {PartWords.Rows(rarer, answer)} {kind} the outcome stand behind these figures: read the intervals, not the points. ");
        }
    }

    private static void SeveralClasses(Paragraph paragraph, AnswerContent answer, EvaluationPart part)
    {
        if (MetricCatalog.Find(part.Metrics, "accuracy") is { } accuracy)
        {
            paragraph.Say($"{PartWords.Place(part, answer)} it named the right class for ")
                .Stress($"{NumberText.Percent(accuracy.Value)} of the {answer.SampleNounPlural}")
                .Say(double.IsNaN(accuracy.Low) || double.IsNaN(accuracy.High)
                    ? ""
                    : $" (95% interval {NumberText.Interval(accuracy.Low, accuracy.High, NumberStyle.Percent)})");
            int most = part.Confusion is { Counts.Count: > 0 } confusion ? confusion.Counts.Max(row => row.Sum()) : 0;
            paragraph.Say(most > 0 && part.Samples > 0
                ? $"; always naming the most frequent class would be right for {NumberText.Percent((double)most / part.Samples)}. "
                : ". ");
        }

        if (MetricCatalog.Find(part.Metrics, "macro_auroc", "auroc") is { } auroc)
        {
            paragraph.Say($"Averaged over the classes, a member of a class got a higher probability for it than a non-member in " +
                $"{NumberText.Count((long)Math.Round(auroc.Value * 100))} of 100 pairs (AUROC {NumberText.Decimal(auroc.Value)}{Between(auroc)}). ");
        }
    }

    private static void Second(Paragraph paragraph, ReportContent content, EvaluationPart leading)
    {
        string name = content.Answer.ClassNames.Count > 2 ? "accuracy" : "auroc";
        EvaluationPart? other = PartWords.Sorted(content).FirstOrDefault(part => part.Kind == PartKind.OutOfFold && part != leading);
        if (other is not null && MetricCatalog.Find(other.Metrics, name) is { } row)
        {
            MetricDescription described = MetricCatalog.Describe(row);
            string rows = other.Samples > 0 ? $", over {PartWords.Rows(other.Samples, content.Answer)}," : "";
            paragraph.Say($"Out of fold{rows} the {Lowered(described.Label)} was " +
                $"{NumberText.WithInterval(row.Value, row.Low, row.High, described.Style)}. ");
        }
    }

    private static string Lowered(string label) =>
        label.Length > 1 && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;

    private static string Between(MetricRow row)
    {
        string interval = NumberText.Interval(row.Low, row.High, NumberStyle.Decimal);
        return interval.Length == 0 ? "" : $", 95% interval {interval}";
    }
}
