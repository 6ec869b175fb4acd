using System.Text.Json.Nodes;
using MedTune.Prediction;

namespace MedTune.Cli.Output;

/// <summary>Contributions of columns, as tables for people and documents for machines.</summary>
internal static class ExplanationTables
{
    private const int HalfBar = 14;
    private const int MostColumns = 40;

    public static void Show(Screen screen, Manifest manifest, ExplainedPatient patient)
    {
        screen.Heading($"{manifest.Target}, {patient.Label}: {patient.Explanation.Answer.Class} ({Probability(manifest, patient.Explanation.Answer)})");
        Contribution[] ordered = [.. patient.Explanation.Contributions.OrderByDescending(item => Math.Abs(item.LogOdds)).ThenBy(item => item.Column, StringComparer.Ordinal)];
        double largest = ordered.Length == 0 ? 0 : Math.Abs(ordered[0].LogOdds);
        var table = new ConsoleTable().Column("column").Column("value").Numbers("log-odds").Column("lowers │ raises".PadLeft(HalfBar + 8), isWrapped: false);
        foreach (Contribution item in ordered.Take(MostColumns))
        {
            Emphasis emphasis = item.LogOdds > 0 ? Emphasis.Bad : Emphasis.Good;
            table.Row(item.Column, item.Value.Length == 0 ? new Cell("missing", Emphasis.Faint) : item.Value, FigureText.Signed(item.LogOdds), new Cell(Bar.Signed(item.LogOdds, largest, HalfBar), emphasis));
        }

        screen.Table(table);
        ShowRest(screen, ordered.Length);
        screen.Paragraph(
            $"Log-odds of '{patient.Explanation.ExplainedClass}'{(patient.Explanation.IsCalibrated ? "" : " before calibration")}: the reference patient has {FigureText.Signed(patient.Explanation.ReferenceLogOdds)}, "
            + $"this patient {FigureText.Signed(patient.Explanation.LogOdds)}; the contributions add up to the difference ({patient.Explanation.Method}).");
        foreach (string warning in patient.Explanation.Answer.Warnings)
        {
            screen.Paragraph(warning, indent: 2, firstLine: "! ");
        }
    }

    public static void ShowOverall(Screen screen, Manifest manifest, IReadOnlyList<ColumnWeight> weights, int explained, int rows)
    {
        screen.Heading($"{manifest.Target}: what moves the answers in {FigureText.Count(rows, "row")}{(explained < rows ? $" (from {FigureText.Count(explained)} of them)" : "")}");
        double largest = weights.Count == 0 ? 0 : weights[0].MeanAbsolute;
        var table = new ConsoleTable().Column("column").Numbers("mean size").Numbers("largest").Column("in log-odds, against the reference patient", isWrapped: false);
        foreach (ColumnWeight weight in weights.Take(MostColumns))
        {
            table.Row(weight.Column, FigureText.Figure(weight.MeanAbsolute), FigureText.Figure(weight.Largest), Bar.Of(weight.MeanAbsolute, largest, 2 * HalfBar));
        }

        screen.Table(table);
        ShowRest(screen, weights.Count);
    }

    public static JsonObject Document(Manifest manifest, IReadOnlyList<ExplainedPatient> patients) => new()
    {
        ["target"] = manifest.Target,
        ["classes"] = JsonText.Texts(manifest.Classes),
        ["explanations"] = new JsonArray([.. patients.Select(patient => (JsonNode?)new JsonObject
        {
            ["row"] = patient.Row,
            ["class"] = patient.Explanation.Answer.Class,
            ["probability"] = JsonText.Number(patient.Explanation.Answer.Probability),
            ["explained_class"] = patient.Explanation.ExplainedClass,
            ["log_odds"] = JsonText.Number(patient.Explanation.LogOdds),
            ["reference_log_odds"] = JsonText.Number(patient.Explanation.ReferenceLogOdds),
            ["method"] = patient.Explanation.Method,
            ["contributions"] = new JsonArray([.. patient.Explanation.Contributions.Select(item => (JsonNode?)new JsonObject
            {
                ["column"] = item.Column,
                ["value"] = item.Value,
                ["log_odds"] = JsonText.Number(item.LogOdds),
            })]),
            ["warnings"] = JsonText.Texts(patient.Explanation.Answer.Warnings),
        })]),
    };

    private static void ShowRest(Screen screen, int columns)
    {
        if (columns > MostColumns)
        {
            screen.Line($"... and {FigureText.Count(columns - MostColumns)} columns more; --json lists all.");
        }
    }

    private static string Probability(Manifest manifest, Prediction.Prediction answer) =>
        manifest.Classes.Length == 2
            ? $"probability of '{manifest.Classes[^1]}' {FigureText.Figure(answer.Probability)}"
            : $"probability {FigureText.Figure(answer.Probability)}";
}
