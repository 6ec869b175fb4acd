using MedTune.Data.Genes;

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
        var words = ReportWords.In(content.Language);
        Subject(paragraph, content, words);
        if (PartWords.Leading(content) is not { } part)
        {
            return paragraph.Phrases;
        }

        if (content.Answer.ClassNames.Count > 2)
        {
            SeveralClasses(paragraph, content.Answer, part, words);
        }
        else
        {
            Ranking(paragraph, content.Answer, part, words);
            Probabilities(paragraph, content.Answer, part, words);
            Decision(paragraph, content.Answer, part, words);
            Smallness(paragraph, content.Answer, part, words);
        }

        Second(paragraph, content, part, words);
        return paragraph.Phrases;
    }

    private static void Subject(Paragraph paragraph, ReportContent content, ReportWords words)
    {
        AnswerContent answer = content.Answer;
        bool isSeveral = answer.ClassNames.Count > 2;
        paragraph.Say(isSeveral ? words.Of("This model predicts ", "本模型预测“") : words.Of("This model gives the probability of ", "本模型给出“"))
            .Stress(answer.Outcome);
        string said = isSeveral ? words.Of("", "”") : words.Of("", "”的概率");
        if (answer.Columns > 0)
        {
            string columns = answer.Genes == GeneForm.None
                ? words.Of(answer.Columns == 1 ? "1 column" : $"{NumberText.Count(answer.Columns)} columns", $"{NumberText.Count(answer.Columns)} 个变量")
                : GeneWords.Features(answer.Genes, answer.Columns, words);
            paragraph.Say(said + words.Of($" from {columns}", $"，依据 {columns}"));
            said = "";
        }

        if (isSeveral)
        {
            paragraph.Say(said + words.Of($" as one of {answer.ClassNames.Count} classes", $"，共 {answer.ClassNames.Count} 个类别"));
            said = "";
        }

        string kind = words.Given(answer.ModelKind);
        if (content.Kind == ReportKind.Evaluation)
        {
            paragraph.Say(said + words.Of($". It is a finished {kind}, applied unchanged. ", $"。它是已完成的{kind}，未作改动直接应用。"));
            return;
        }

        paragraph.Say(said + (content.Model?.Lineage switch
        {
            { IsUnchanged: true } unchanged => words.Of(
                $". It is {unchanged.ParentName}, kept as it is because no change did clearly better on the data of ",
                $"。它就是{unchanged.ParentName}，原样保留，因为任何改动都没有明显更好；所用数据为 "),
            { } lineage => words.Of(
                $". It is a {kind}, fine-tuned from {lineage.ParentName}, using the data of ",
                $"。它是{kind}，由{lineage.ParentName}微调而来；所用数据为 "),
            null => words.Of($". It is {Article(kind)} {kind}, made with the data of ", $"。它是{kind}，所用数据为 "),
        })).Say(PartWords.Rows(answer.Samples, answer, words));
        if (answer.Patients is int patients && patients != answer.Samples)
        {
            paragraph.Say(words.Of($" from {NumberText.Count(patients)} patients", $"（来自 {NumberText.Count(patients)} 例患者）"));
        }

        if (answer.Events is int events && answer.Samples > 0)
        {
            string share = NumberText.Percent((double)events / answer.Samples);
            paragraph.Say(words.Of($", {NumberText.Count(events)} of them ({share}) with the outcome", $"，其中 {NumberText.Count(events)} 例（{share}）结局阳性"));
        }

        paragraph.Say(words.Of(". ", "。"));
    }

    private static string Article(string noun) => noun.Length > 0 && "aeiou".Contains(noun[0], StringComparison.Ordinal) ? "an" : "a";

    private static void Ranking(Paragraph paragraph, AnswerContent answer, EvaluationPart part, ReportWords words)
    {
        if (MetricCatalog.Find(part.Metrics, "auroc") is not { } auroc)
        {
            return;
        }

        string place = PartWords.Place(part, answer, words);
        string pairs = NumberText.Count((long)Math.Round(auroc.Value * 100));
        string area = $"AUROC {NumberText.Decimal(auroc.Value)}{Between(auroc, words)}";
        paragraph.Say(words.Of(
                $"{place} it gave a {answer.SampleNoun} with the outcome a higher risk than one without in ",
                $"{place}将结局阳性与阴性的{words.Noun(answer.SampleNoun)}两两配对，"))
            .Stress(words.Of($"{pairs} of 100 pairs", $"每 100 对中有 {pairs} 对"))
            .Say(words.Of($" ({area}; chance would be 50). ", $"由模型给阳性者更高的风险（{area}；机遇水平为 50）。"));
    }

    private static void Probabilities(Paragraph paragraph, AnswerContent answer, EvaluationPart part, ReportWords words)
    {
        string finding = CalibrationWords.Finding(part.Metrics, answer.SampleNounPlural, words);
        if (finding.Length > 0)
        {
            string figure = CalibrationWords.LeadingFigure(part.Metrics, words);
            paragraph.Say(words.Of($"{ChartWords.Sentence(finding)} ({figure}). ", $"{finding}（{figure}）。"));
        }
    }

    private static void Decision(Paragraph paragraph, AnswerContent answer, EvaluationPart part, ReportWords words)
    {
        if (NaturalFrequencies.Of100(part.Confusion) is not { } of)
        {
            return;
        }

        string threshold = part.Threshold is double value
            ? words.Of($"At the decision threshold of {NumberText.Probability(value)}, of ", $"在决策阈值 {NumberText.Probability(value)} 下，")
            : words.Of("Of ", "");
        string rows = words.Counted(of.Of, answer.SampleNoun, answer.SampleNounPlural);
        (string flagged, string right) = (NumberText.Count(of.Flagged), NumberText.Count(of.TruePositives));
        (string notFlagged, string missed) = (NumberText.Count(of.NotFlagged), NumberText.Count(of.FalseNegatives));
        paragraph.Say(threshold)
            .Stress(words.Of($"{rows} like these {flagged} would be flagged, {right} of them with the outcome", $"每 {rows}中约有 {flagged} 例判为阳性，其中 {right} 例结局阳性"))
            .Say(words.Of($"; of the {notFlagged} not flagged, {missed} would have it anyway. ", $"；判为阴性的 {notFlagged} 例中仍有 {missed} 例结局阳性。"));
    }

    private static void Smallness(Paragraph paragraph, AnswerContent answer, EvaluationPart part, ReportWords words)
    {
        if (part.Events is not int events || part.Samples <= 0)
        {
            return;
        }

        int rarer = Math.Min(events, part.Samples - events);
        if (rarer < FewOfAKind)
        {
            bool isWith = events <= part.Samples - events;
            (string kind, string chinese) = isWith ? ("with", "阳性") : ("without", "阴性");
            string rows = PartWords.Rows(rarer, answer, words);
            paragraph.Say(rarer == 0
                ? words.Of(
                    $"No {answer.SampleNoun} {kind} the outcome is among them: nothing can be said about telling the two apart. ",
                    $"其中没有结局{chinese}的{words.Noun(answer.SampleNoun)}：无法评价对两者的区分。")
                : words.Of(
                    $"Only {rows} {kind} the outcome stand behind these figures: read the intervals, not the points. ",
                    $"这些指标背后只有 {rows}结局{chinese}：请看置信区间，而不是点估计。"));
        }
    }

    private static void SeveralClasses(Paragraph paragraph, AnswerContent answer, EvaluationPart part, ReportWords words)
    {
        if (MetricCatalog.Find(part.Metrics, "accuracy") is { } accuracy)
        {
            string place = PartWords.Place(part, answer, words);
            string interval = words.Interval(accuracy.Low, accuracy.High, NumberStyle.Percent);
            string share = NumberText.Percent(accuracy.Value);
            paragraph.Say(words.Of($"{place} it named the right class for ", $"{place}模型判对了"))
                .Stress(words.Of($"{share} of the {answer.SampleNounPlural}", $" {share} 的{words.Noun(answer.SampleNounPlural)}"))
                .Say(interval.Length == 0 ? "" : words.Of($" (95% interval {interval})", $"（95% 置信区间 {interval}）"));
            int most = part.Confusion is { Counts.Count: > 0 } confusion ? confusion.Counts.Max(row => row.Sum()) : 0;
            string always = most > 0 && part.Samples > 0 ? NumberText.Percent((double)most / part.Samples) : "";
            paragraph.Say(always.Length > 0
                ? words.Of($"; always naming the most frequent class would be right for {always}. ", $"；若总是回答最常见的类别，可判对 {always}。")
                : words.Of(". ", "。"));
        }

        if (MetricCatalog.Find(part.Metrics, "macro_auroc", "auroc") is { } auroc)
        {
            string pairs = NumberText.Count((long)Math.Round(auroc.Value * 100));
            string area = $"AUROC {NumberText.Decimal(auroc.Value)}{Between(auroc, words)}";
            paragraph.Say(words.Of(
                $"Averaged over the classes, a member of a class got a higher probability for it than a non-member in {pairs} of 100 pairs ({area}). ",
                $"对各类别取平均，某类别的成员与非成员每 100 对中，有 {pairs} 对的成员获得更高的该类别概率（{area}）。"));
        }
    }

    private static void Second(Paragraph paragraph, ReportContent content, EvaluationPart leading, ReportWords words)
    {
        string name = content.Answer.ClassNames.Count > 2 ? "accuracy" : "auroc";
        EvaluationPart? other = PartWords.Sorted(content).FirstOrDefault(part => part.Kind == PartKind.OutOfFold && part != leading);
        if (other is not null && MetricCatalog.Find(other.Metrics, name) is { } row)
        {
            MetricDescription described = MetricCatalog.Describe(row, words);
            string rows = PartWords.Rows(other.Samples, content.Answer, words);
            string figure = words.WithInterval(row.Value, row.Low, row.High, described.Style);
            paragraph.Say(words.Of(
                $"Out of fold{(other.Samples > 0 ? $", over {rows}," : "")} the {Lowered(described.Label)} was {figure}. ",
                $"折外评价{(other.Samples > 0 ? $"（{rows}）" : "")}：{MetricCatalog.Short(described.Label)} {figure}。"));
        }
    }

    private static string Lowered(string label) =>
        label.Length > 1 && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;

    private static string Between(MetricRow row, ReportWords words)
    {
        string interval = words.Interval(row.Low, row.High, NumberStyle.Decimal);
        return interval.Length == 0 ? "" : words.Of($", 95% interval {interval}", $"，95% 置信区间 {interval}");
    }
}
