using System.Text.Json.Nodes;
using MedTune.Data;
using MedTune.Data.Genes;

namespace MedTune.Cli.Output;

/// <summary>What is in gene data, and what a model for them makes of it.</summary>
internal static class GeneTables
{
    private const int MostGenes = 10;

    /// <summary>What <c>inspect</c> shows.</summary>
    public static void Show(Screen screen, string path, GeneSet set, DatasetSummary summary)
    {
        string noun = NounOf(set.Form);
        screen.Paragraph($"{path}: {FigureText.Count(summary.Rows, noun)} ({summary.Format}){(set.Build == GenomeBuild.Unknown ? "" : $", {set.Build}")}");
        screen.Line();
        DataTables.ShowTarget(screen, summary, noun);
        ShowFloors(screen, set.Floors);
        screen.Line();
        DataTables.ShowFindings(screen, summary.Findings);
    }

    /// <summary>What needs no model.</summary>
    public static void ShowFloors(Screen screen, SequenceFloors? floors)
    {
        if (floors is not null)
        {
            screen.Paragraph($"To beat: length alone has an AUROC of {FigureText.Figure(floors.LengthAuroc)}, the share of G and C alone {FigureText.Figure(floors.GcAuroc)}; "
                + $"always answering the most frequent class is right in {FigureText.Percent(floors.MajorityShare)}.");
        }
    }

    /// <summary>What <c>train</c> shows of a model for gene data.</summary>
    public static void Show(Screen screen, GeneEvidence? evidence)
    {
        if (evidence is null)
        {
            return;
        }

        ShowFloors(screen, evidence.Floors);
        if (evidence.Shuffled is { } shuffled)
        {
            screen.Paragraph($"Labels shuffled {FigureText.Count(shuffled.Times)} times: a fast linear model reached an AUROC of {FigureText.Figure(shuffled.Shuffled.Value)} "
                + $"({FigureText.Figure(shuffled.Shuffled.Low)} to {FigureText.Figure(shuffled.Shuffled.High)}) out of fold, and {FigureText.Figure(shuffled.Observed)} with the true labels; p = {FigureText.Figure(shuffled.PValue)}.");
        }

        if (!evidence.Genes.IsEmpty)
        {
            screen.Line();
            string what = evidence.Form == GeneForm.Genotype ? "variant" : "gene";
            var table = new ConsoleTable().Column(what).Column("more of it speaks for").Numbers("log-odds per SD").Numbers("chosen in");
            foreach (ChosenGene gene in evidence.Genes.Take(MostGenes))
            {
                table.Row(gene.Name, gene.Class, FigureText.Figure(gene.LogOdds), FigureText.Percent(gene.Selected));
            }

            screen.Table(table);
            screen.Paragraph("Chosen in: the share of halves of the samples in which the linear model chose it. A prediction is no classification of a variant.");
        }
    }

    /// <summary>The same for machines.</summary>
    public static JsonObject? Document(GeneEvidence? evidence) => evidence is null
        ? null
        : new JsonObject
        {
            ["form"] = JsonText.Word(evidence.Form),
            ["majority_share"] = JsonText.Number(evidence.MajorityShare),
            ["floors"] = Document(evidence.Floors),
            ["genes"] = new JsonArray([.. evidence.Genes.Select(gene => (JsonNode?)new JsonObject
            {
                ["name"] = gene.Name,
                ["class"] = gene.Class,
                ["log_odds"] = JsonText.Number(gene.LogOdds),
                ["selected"] = JsonText.Number(gene.Selected),
            })]),
            ["words"] = new JsonArray([.. evidence.Words.Select(word => (JsonNode?)new JsonObject
            {
                ["word"] = word.Word,
                ["class"] = word.Class,
                ["weight"] = JsonText.Number(word.Weight),
            })]),
            ["shuffled_labels"] = evidence.Shuffled is { } test
                ? new JsonObject
                {
                    ["times"] = test.Times,
                    ["metric"] = test.Metric,
                    ["observed"] = JsonText.Number(test.Observed),
                    ["shuffled"] = JsonText.Estimate(test.Shuffled),
                    ["p_value"] = JsonText.Number(test.PValue),
                }
                : null,
        };

    /// <summary>What <c>inspect</c> tells machines.</summary>
    public static JsonObject Document(string path, GeneSet set, DatasetSummary summary, string next)
    {
        JsonObject document = DataDocument.Of(path, summary, next);
        document["form"] = JsonText.Word(set.Form);
        document["floors"] = Document(set.Floors);
        document["build"] = set.Form == GeneForm.Genotype ? set.Build.ToString() : null;
        return document;
    }

    /// <summary>One of what the data are made of.</summary>
    public static string NounOf(GeneForm form) => form == GeneForm.Sequence ? "sequence" : "sample";

    private static JsonObject? Document(SequenceFloors? floors) => floors is null
        ? null
        : new JsonObject
        {
            ["majority_share"] = JsonText.Number(floors.MajorityShare),
            ["length_auroc"] = JsonText.Number(floors.LengthAuroc),
            ["gc_auroc"] = JsonText.Number(floors.GcAuroc),
        };
}
