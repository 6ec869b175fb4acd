namespace MedTune.Reports.Wording;

/// <summary>The titles of charts: each states what the chart shows, not what it is.</summary>
internal static class ChartWords
{
    /// <summary>Title of a ROC chart.</summary>
    public static string Ranking(IReadOnlyList<MetricRow> metrics, AnswerContent answer) => MetricCatalog.Find(metrics, "auroc") switch
    {
        { Low: <= 0.5 } => "Chance cannot be ruled out as the explanation of its ranking",
        { } row => $"In {Pairs(row)} of 100 pairs, the {answer.SampleNoun} with the outcome gets the higher risk",
        null => "Sensitivity against false alarms",
    };

    /// <summary>Title of a calibration chart.</summary>
    public static string Calibration(IReadOnlyList<MetricRow> metrics, AnswerContent answer)
    {
        string finding = CalibrationWords.Finding(metrics, answer.SampleNounPlural);
        if (finding.Length == 0)
        {
            return "Predicted against observed risk";
        }

        finding = finding.Replace("its probabilities", "predicted risks", StringComparison.Ordinal);
        return Sentence(finding);
    }

    /// <summary>The text with a capital at its start.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Title of a precision-recall chart.</summary>
    public static string Precision(IReadOnlyList<MetricRow> metrics, double prevalence) =>
        MetricCatalog.Find(metrics, "average_precision") is { } row
            ? double.IsNaN(prevalence)
                ? $"Average precision {NumberText.Decimal(row.Value, 2)}"
                : $"Average precision {NumberText.Decimal(row.Value, 2)}, against {NumberText.Decimal(prevalence, 2)} by chance"
            : "How precision falls as more are found";

    /// <summary>Title of a chart of risks by outcome: where the middle of each side lies.</summary>
    public static string Risks(IReadOnlyList<RiskBin> bins)
    {
        RiskBin? with = Median(bins, bin => bin.With);
        RiskBin? without = Median(bins, bin => bin.Without);
        if (with is not { } high || without is not { } low)
        {
            return "Predicted risks";
        }

        return high.Low >= low.High
            ? $"Half of those with the outcome get a risk of {NumberText.Percent(high.Low)} or more, half of the others {NumberText.Percent(low.High)} or less"
            : $"The middle risk is {Range(high)} with the outcome and {Range(low)} without it";
    }

    /// <summary>Title of a confusion matrix of two classes.</summary>
    public static string Confusion(ConfusionCounts confusion, AnswerContent answer)
    {
        int right = 0;
        int total = 0;
        for (int row = 0; row < confusion.Counts.Count; row++)
        {
            total += confusion.Counts[row].Sum();
            right += row < confusion.Counts[row].Count ? confusion.Counts[row][row] : 0;
        }

        string text = $"{NumberText.Count(right)} of {PartWords.Rows(total, answer)} classified correctly";
        return confusion.Counts is [[_, int falseAlarms], [int missed, _]]
            ? $"{text}: {NumberText.Count(missed)} missed, {NumberText.Count(falseAlarms)} false {(falseAlarms == 1 ? "alarm" : "alarms")}"
            : text;
    }

    /// <summary>Title of a chart of effects: the names of the strongest.</summary>
    public static string Effects(IReadOnlyList<EffectRow> sorted, EffectScale scale)
    {
        string[] names = [.. sorted.Take(3).Select(row => Shortened(row.Name))];
        string verb = scale == EffectScale.Importance ? "matter most" : "move the risk most";
        return names.Length switch
        {
            0 => "No effects",
            1 => scale == EffectScale.Importance ? $"{names[0]} matters" : $"{names[0]} moves the risk",
            2 => $"{names[0]} and {names[1]} {verb}",
            _ => $"{names[0]}, {names[1]} and {names[2]} {verb}",
        };
    }

    /// <summary>A name that fits a title.</summary>
    public static string Shortened(string name, int most = 40)
    {
        if (name.Length <= most)
        {
            return name;
        }

        int end = char.IsHighSurrogate(name[most - 2]) ? most - 2 : most - 1;
        return name[..end] + "\u2026";
    }

    private static long Pairs(MetricRow auroc) => (long)Math.Round(auroc.Value * 100);

    private static string Range(RiskBin bin) => $"{NumberText.Percent(bin.Low)} to {NumberText.Percent(bin.High)}";

    private static RiskBin? Median(IReadOnlyList<RiskBin> bins, Func<RiskBin, int> count)
    {
        long total = bins.Sum(bin => (long)count(bin));
        long seen = 0;
        foreach (RiskBin bin in bins)
        {
            seen += count(bin);
            if (total > 0 && seen * 2 >= total)
            {
                return bin;
            }
        }

        return null;
    }
}
