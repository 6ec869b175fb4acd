using MedTune.Evaluation;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>Why nothing was resampled, on the out-of-fold predictions of the run.</summary>
internal static class ImbalanceMapping
{
    // From about two to one nobody would think of balancing.
    private const double Rare = 1.0 / 3;

    // Van den Goorbergh et al., JAMIA 29:1525, 2022; Carriero et al., Statistics in Medicine 2025 (arXiv 2404.19494).
    private const string Published =
        "Published comparisons found no better ranking from resampling, risks far too high, and that correcting them afterwards does not always help: "
        + "van den Goorbergh and others, JAMIA 29:1525, 2022 (logistic regression, SMOTE and over- and undersampling); "
        + "Carriero and others, Statistics in Medicine, 2025 (machine learning).";

    /// <summary>The section, or null where classes are of alike size, are more than two, or were not predicted out of fold.</summary>
    public static ImbalanceContent? Of(Run run, RowNoun rows)
    {
        if (run.Model.Manifest is not { HasFindings: false, Classes.Length: 2 } || run.Parts.FirstOrDefault(part => part.Part == "oof") is not { } part)
        {
            return null;
        }

        double[] risks = [.. part.Predictions.Select(prediction => prediction.Probabilities[^1])];
        int[] targets = [.. part.Predictions.Select(prediction => prediction.Target)];
        int[]? groups = run.Data.Patients is null ? null : [.. part.Predictions.Select(prediction => prediction.Group)];
        return EqualShares.Of(new BinaryPredictions(risks, targets, null, groups)) is { } shares && Math.Min(shares.Share, 1 - shares.Share) < Rare
            ? Content(shares, risks, part, targets.Sum(), rows)
            : null;
    }

    private static ImbalanceContent Content(EqualShares shares, double[] risks, PartEvaluation part, int events, RowNoun rows)
    {
        bool isRare = shares.Share < 0.5;
        string share = NumberText.Percent(shares.Share);
        string factor = NumberText.Decimal(isRare ? shares.OddsFactor : 1 / shares.OddsFactor, 1);
        string lead =
            $"{(isRare ? "The outcome is rare" : "Most have the outcome")}: {NumberText.Count(events)} of {rows.Count(risks.Length)} ({share}). "
            + "Some tools then double the rarer class, invent rows of it (SMOTE) or weight it up until both classes are equally common. "
            + $"That {(isRare ? "multiplies" : "divides")} everybody's odds by about {factor}: the order of the {rows.Many} stays as it is, but the risks no longer say how often it happens. "
            + $"The one thing it is meant for, other answers at 50%, the threshold gives without harm: a threshold of {share} on the model's own risks "
            + $"flags the same {rows.Many}. So it is the threshold that moves, and nothing was resampled.";
        return new ImbalanceContent(
            $"{share} have the outcome: why nothing was resampled",
            lead,
            Rows(shares, risks, part, rows),
            $"With equal classes, {NumberText.Percent(shares.Shifted.MeanRisk)} would be predicted on average where {share} have the outcome",
            PartMapping.Calibration(shares.CalibrationCurve))
        {
            Source = "Computed from the out-of-fold predictions by shifting the log-odds as equal classes in training shift them (Elkan, IJCAI 2001); nothing was trained again, "
                + $"and what resampling adds beyond the shift (rows thrown away, rows invented) is not in it. {Published}",
        };
    }

    private static List<ImbalanceRow> Rows(EqualShares shares, double[] risks, PartEvaluation part, RowNoun rows)
    {
        var (own, shifted) = (shares.AsIs, shares.Shifted);
        string flagged = NumberText.Count(risks.Count(risk => risk >= shares.Share));
        string area = part.Metrics.Has("auroc") ? NumberText.Decimal(part.Metrics["auroc"].Value) : NumberText.Unknown;
        return
        [
            new("Log-loss", NumberText.Decimal(own.LogLoss), NumberText.Decimal(shifted.LogLoss)) { Explanation = Change(shares.LogLossIncrease) },
            new("Brier score", NumberText.Decimal(own.Brier), NumberText.Decimal(shifted.Brier)) { Explanation = Change(shares.BrierIncrease) },
            new("Mean predicted risk", NumberText.Percent(own.MeanRisk, 1), NumberText.Percent(shifted.MeanRisk, 1)) { Explanation = $"{NumberText.Percent(shares.Share, 1)} have the outcome." },
            new("Observed to expected", NumberText.Decimal(own.ObservedToExpected, 2), NumberText.Decimal(shifted.ObservedToExpected, 2)) { Explanation = "Outcomes seen for each one predicted. 1 is ideal." },
            new("AUROC", area, area) { Explanation = "The order does not change." },
            new($"{ChartWords.Sentence(rows.Many)} flagged", $"{flagged} from {NumberText.Percent(shares.Share)}", $"{flagged} from 50%") { Explanation = "The same ones: only the number on the threshold differs." },
        ];
    }

    private static string Change(Estimate increase)
    {
        string size = NumberText.WithInterval(Math.Abs(increase.Value), Math.Min(Math.Abs(increase.Low), Math.Abs(increase.High)), Math.Max(Math.Abs(increase.Low), Math.Abs(increase.High)), NumberStyle.Decimal);
        return increase switch
        {
            { Low: > 0 } => $"Worse by {size}.",
            { High: < 0 } => $"Better by {size} here: the model's own risks are off, see their calibration.",
            { HasInterval: true } => $"Difference {NumberText.WithInterval(increase.Value, increase.Low, increase.High, NumberStyle.Decimal)}.",
            _ => "",
        };
    }
}
