using System.Text.Json.Nodes;
using MedTune.Evaluation;

namespace MedTune.Cli.Output;

/// <summary>Figures with their intervals.</summary>
internal static class MetricTables
{
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
            table.Row([text, .. parts.Select(part => (Cell)(part.Metrics.Has(name) ? Text(part.Metrics[name]) : ""))]);
        }

        return table;
    }

    /// <summary>Every figure of every part, in the form of <c>metrics.json</c>.</summary>
    public static JsonObject Document(IEnumerable<PartEvaluation> parts)
    {
        var document = new JsonObject();
        foreach (PartEvaluation part in parts)
        {
            var figures = new JsonObject();
            foreach ((string name, Estimate estimate) in part.Metrics)
            {
                figures[name] = JsonText.Estimate(estimate);
            }

            document[part.Part] = figures;
        }

        return document;
    }

    private static string Text(Estimate estimate) => estimate.IsDefined ? estimate.ToString() : FigureText.None;
}
