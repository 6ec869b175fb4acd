using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Data.Genes;
using MedTune.Prediction;

namespace MedTune.Cli.Output;

/// <summary>What genes or variants do to answers, as tables for people and documents for machines.</summary>
internal static class GeneExplanationTables
{
    private const int HalfBar = 14;
    private const int MostShown = 15;

    /// <summary>One sample.</summary>
    public static void Show(Screen screen, Manifest manifest, int row, GeneExplanation explanation)
    {
        if (screen.IsJson)
        {
            screen.Json(Document(manifest, row, explanation));
            return;
        }

        GeneEffect[] read = [.. explanation.Effects.Where(effect => effect.LogOdds != 0).OrderByDescending(effect => Math.Abs(effect.LogOdds)).ThenBy(effect => effect.Feature, StringComparer.Ordinal)];
        screen.Heading($"{manifest.Target}, sample {row.ToString(CultureInfo.InvariantCulture)}: {explanation.Answer.Class} ({Probability(manifest, explanation.Answer)})");
        double largest = read.Length == 0 ? 0 : Math.Abs(read[0].LogOdds);
        var table = new ConsoleTable().Column(NounOf(manifest)).Numbers(manifest.Genes!.Form == GeneForm.Genotype ? "copies" : "value").Numbers("log-odds").Column("lowers │ raises".PadLeft(HalfBar + 8), isWrapped: false);
        foreach (GeneEffect effect in read.Take(MostShown))
        {
            table.Row(effect.Feature, FigureText.Value(effect.Value), FigureText.Signed(effect.LogOdds), new Cell(Bar.Signed(effect.LogOdds, largest, HalfBar), effect.LogOdds > 0 ? Emphasis.Bad : Emphasis.Good));
        }

        screen.Table(table);
        Rest(screen, manifest, read.Length, explanation.Effects.Length);
        screen.Paragraph($"Log-odds of '{explanation.ExplainedClass}': this sample has {FigureText.Signed(explanation.LogOdds)}. Each line: {GeneExplanation.Method}; lines need not add up. They describe the model, not causes.");
        foreach (string warning in explanation.Answer.Warnings)
        {
            screen.Paragraph(warning, indent: 2, firstLine: "! ");
        }
    }

    /// <summary>All samples together.</summary>
    public static void ShowOverall(Screen screen, Manifest manifest, IReadOnlyList<GeneExplanation> explanations, int samples, string next)
    {
        var weights = manifest.Genes!.Features
            .Select((feature, i) => (Feature: feature, Mean: explanations.Average(each => Math.Abs(each.Effects[i].LogOdds)), Largest: explanations.Max(each => Math.Abs(each.Effects[i].LogOdds))))
            .OrderByDescending(weight => weight.Mean).ThenBy(weight => weight.Feature, StringComparer.Ordinal).ToArray();
        if (screen.IsJson)
        {
            screen.Json(new JsonObject
            {
                ["target"] = manifest.Target,
                ["samples"] = samples,
                ["explained_samples"] = explanations.Count,
                ["method"] = GeneExplanation.Method,
                ["features"] = new JsonArray([.. weights.Select(weight => (JsonNode?)new JsonObject
                {
                    ["feature"] = weight.Feature,
                    ["mean_absolute_log_odds"] = JsonText.Number(weight.Mean),
                    ["largest_absolute_log_odds"] = JsonText.Number(weight.Largest),
                })]),
            });
            return;
        }

        screen.Heading($"{manifest.Target}: what moves the answers in {FigureText.Count(samples, "sample")}{(explanations.Count < samples ? $" (from {FigureText.Count(explanations.Count)} of them)" : "")}");
        var table = new ConsoleTable().Column(NounOf(manifest)).Numbers("mean size").Numbers("largest").Column("in log-odds, against the value missing", isWrapped: false);
        foreach (var weight in weights.Where(weight => weight.Mean > 0).Take(MostShown))
        {
            table.Row(weight.Feature, FigureText.Figure(weight.Mean), FigureText.Figure(weight.Largest), Bar.Of(weight.Mean, weights[0].Mean, 2 * HalfBar));
        }

        screen.Table(table);
        Rest(screen, manifest, weights.Count(weight => weight.Mean > 0), weights.Length);
        screen.Line();
        screen.Heading("Next, one sample:");
        screen.Line($"  {next}");
    }

    private static JsonObject Document(Manifest manifest, int row, GeneExplanation explanation) => new()
    {
        ["target"] = manifest.Target,
        ["classes"] = JsonText.Texts(manifest.Classes),
        ["row"] = row,
        ["class"] = explanation.Answer.Class,
        ["probability"] = JsonText.Number(explanation.Answer.Probability),
        ["explained_class"] = explanation.ExplainedClass,
        ["log_odds"] = JsonText.Number(explanation.LogOdds),
        ["method"] = GeneExplanation.Method,
        ["contributions"] = new JsonArray([.. explanation.Effects.Select(effect => (JsonNode?)new JsonObject
        {
            ["feature"] = effect.Feature,
            ["value"] = JsonText.Number(effect.Value),
            ["log_odds"] = JsonText.Number(effect.LogOdds),
        })]),
        ["warnings"] = JsonText.Texts(explanation.Answer.Warnings),
    };

    private static void Rest(Screen screen, Manifest manifest, int read, int all)
    {
        string noun = NounOf(manifest);
        if (read > MostShown)
        {
            screen.Line($"... and {FigureText.Count(read - MostShown)} {noun}s more; --json lists all.");
        }

        if (read < all)
        {
            screen.Line($"{FigureText.Count(all - read, noun)} change nothing.");
        }
    }

    private static string NounOf(Manifest manifest) => manifest.Genes!.Form == GeneForm.Genotype ? "variant" : "gene";

    /// <summary>What is said of an answer behind its class.</summary>
    public static string Probability(Manifest manifest, Prediction.Prediction answer) => manifest.Classes.Length == 2
        ? $"probability of '{manifest.Classes[^1]}' {FigureText.Figure(answer.Probability)}"
        : $"probability {FigureText.Figure(answer.Probability)}";
}
