using System.Text.Json.Nodes;
using MedTune.Evaluation;

namespace MedTune.Cli.Output;

/// <summary>Figures with their intervals.</summary>
internal static class MetricTables
{
    private const string Undefined = "undefined: ";

    /// <summary>One line per figure, one column per part.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="label">How a part is called.</param>
    /// <param name="only">The figures to show. Default: null, all main figures.</param>
    public static ConsoleTable Of(IReadOnlyList<PartEvaluation> parts, Func<PartEvaluation, string> label, IReadOnlyList<string>? only = null)
    {
        var table = new ConsoleTable().Column("figure (95 % interval)");
        foreach (PartEvaluation part in parts)
        {
            table.Column($"{label(part)} ({FigureText.Count(part.Predictions.Length, "row")})", isWrapped: false);
        }

        foreach ((string name, string text) in MetricNames.Main.Where(metric =>
            (only is null || only.Contains(metric.Name)) && parts.Any(part => part.Metrics.Has(metric.Name))))
        {
            table.Row([MetricNames.Of(name, text, parts[0]), .. parts.Select(part => (Cell)(part.Metrics.Has(name) ? Text(part.Metrics[name]) : ""))]);
        }

        return table;
    }

    /// <summary>Why figures of the table are not there, a sentence for each reason.</summary>
    /// <param name="parts">The parts of the table.</param>
    /// <param name="label">How a part is called.</param>
    public static IEnumerable<string> Missing(IReadOnlyList<PartEvaluation> parts, Func<PartEvaluation, string> label)
    {
        foreach (PartEvaluation part in parts)
        {
            var reasons = MetricNames.Main
                .Where(metric => part.Metrics.Has(metric.Name) && part.Metrics[metric.Name] is { IsDefined: false, Method.Length: > 0 })
                .GroupBy(metric => part.Metrics[metric.Name].Method, metric => metric.Label);
            foreach (IGrouping<string, string> reason in reasons)
            {
                yield return $"Not defined ({label(part)}): {string.Join(", ", reason)}, because {reason.Key.Replace(Undefined, "", StringComparison.Ordinal)}.";
            }
        }
    }

    /// <summary>Every figure of every part, in the form of <c>metrics.json</c>.</summary>
    public static JsonObject Document(IEnumerable<PartEvaluation> parts)
    {
        var document = new JsonObject();
        foreach (PartEvaluation part in parts)
        {
            var figures = new JsonObject();
            foreach ((string name, Estimate estimate) in part.Multilabel?.AllMetrics() ?? (IEnumerable<KeyValuePair<string, Estimate>>)part.Metrics)
            {
                figures[name] = JsonText.Estimate(estimate);
            }

            document[part.Part] = figures;
        }

        return document;
    }

    private static string Text(Estimate estimate) => estimate.IsDefined ? estimate.ToString() : FigureText.None;
}
