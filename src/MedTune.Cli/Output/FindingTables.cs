using System.Text.Json.Nodes;
using MedTune.Evaluation;
using MedTune.Prediction;

namespace MedTune.Cli.Output;

/// <summary>What a model of several findings answers, and how well it tells each.</summary>
internal static class FindingTables
{
    private static readonly (string Name, string Label)[] Figures =
        [("auroc", "AUROC (95 % interval)"), ("average_precision", "av. precision"), ("recall", "sensitivity"), ("specificity", "specificity"), ("f1", "F1")];

    /// <summary>One line for each finding and part; nothing for classes.</summary>
    public static void Show(Screen screen, IReadOnlyList<PartEvaluation> parts, Func<PartEvaluation, string> label)
    {
        foreach (PartEvaluation part in parts)
        {
            if (part.Multilabel is { } several)
            {
                screen.Line();
                screen.Heading($"Finding by finding, {label(part)}:");
                screen.Table(Of(several));
            }
        }
    }

    /// <summary>From where on each finding is answered; nothing for classes.</summary>
    public static void ShowThresholds(Screen screen, Manifest manifest)
    {
        if (manifest.Thresholds is { } thresholds)
        {
            string rule = manifest.ThresholdRule.Length == 0 ? "" : $" ({manifest.ThresholdRule})";
            screen.Paragraph($"Answered from these probabilities up{rule}: {string.Join(", ", manifest.Classes.Zip(thresholds, (name, threshold) => $"{name} {FigureText.Figure(threshold)}"))}.");
        }
    }

    /// <summary>The findings of an answer in words.</summary>
    public static string Words(Prediction.Prediction answer) => answer.Class.Length > 0 ? answer.Class.Replace(Prediction.Prediction.Separator.ToString(), ", ", StringComparison.Ordinal) : "no finding";

    /// <summary>The findings of an answer for machines: by name, its probability, and whether it is there.</summary>
    public static JsonObject Document(Prediction.Prediction answer, Manifest manifest)
    {
        var findings = new JsonObject();
        for (int finding = 0; finding < answer.Present.Length; finding++)
        {
            var entry = new JsonObject { ["probability"] = JsonText.Number(answer.Probabilities[finding]), ["present"] = answer.Present[finding] };
            if (!answer.FindingSets.IsEmpty)
            {
                entry["set"] = JsonText.Texts(answer.FindingSets[finding]);
            }

            findings[manifest.Classes[finding]] = entry;
        }

        return findings;
    }

    /// <summary>Threshold of each finding for machines; null for classes.</summary>
    public static JsonObject? Thresholds(Manifest manifest)
    {
        if (manifest.Thresholds is not { } thresholds)
        {
            return null;
        }

        var document = new JsonObject();
        for (int finding = 0; finding < thresholds.Length; finding++)
        {
            document[manifest.Classes[finding]] = JsonText.Number(thresholds[finding]);
        }

        return document;
    }

    private static ConsoleTable Of(MultilabelEvaluation several)
    {
        var table = new ConsoleTable().Column("finding", isWrapped: false).Numbers("pictures with it");
        foreach ((_, string text) in Figures)
        {
            table.Numbers(text);
        }

        foreach (FindingEvaluation finding in several.Findings)
        {
            table.Row([finding.Name, FigureText.Count(finding.Positives), .. Figures.Select((figure, place) => (Cell)Text(finding.Metrics[figure.Name], isWhole: place == 0))]);
        }

        return table;
    }

    private static string Text(Estimate estimate, bool isWhole) => !estimate.IsDefined ? FigureText.None : isWhole ? estimate.ToString() : FigureText.Figure(estimate.Value);
}
