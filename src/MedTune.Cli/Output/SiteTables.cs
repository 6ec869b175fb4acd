using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Evaluation;

namespace MedTune.Cli.Output;

/// <summary>The sites that were left out in turn, and what a further site can expect.</summary>
internal static class SiteTables
{
    private static readonly (string Name, string Title)[] Summarized =
        [("auroc", "AUROC"), ("calibration_slope", "slope"), ("observed_expected_ratio", "O/E")];

    /// <summary>Nothing where nothing was said of sites; one sentence where none could be left out.</summary>
    public static void Show(Screen screen, Run run)
    {
        string[] notes = [.. run.Events.Where(entry => entry.Step == "sites").Select(entry => entry.Detail)];
        if (run.Sites is not { } figures)
        {
            Notes(screen, notes);
            return;
        }

        screen.Heading("Each site left out in turn, predicted by models from the others (95 % intervals):");
        screen.Table(Sites(figures));
        screen.Table(Summary(figures));
        screen.Paragraph("O/E: outcomes seen for each one predicted. Recalib.: the log-loss had the model a new intercept from the site's own patients.");
        Notes(screen, notes.Skip(1));
        screen.Line();
    }

    /// <summary>The same for machines, in the form of <c>metrics.json</c>; null where no site was left out.</summary>
    public static JsonObject? Document(SiteFigures? figures)
    {
        if (figures is null)
        {
            return null;
        }

        var leftOut = new JsonObject();
        foreach (SubgroupResult site in figures.Sites.Where(site => !site.IsTooFew))
        {
            var own = new JsonObject { ["rows"] = site.Count, ["patients"] = site.Patients, ["events"] = site.Events };
            foreach ((string name, Estimate estimate) in site.Metrics)
            {
                own[name] = JsonText.Estimate(estimate);
            }

            leftOut[site.Name] = own;
        }

        var summary = new JsonObject();
        foreach ((string name, RandomEffectsSummary mean) in figures.Summaries)
        {
            summary[name] = new JsonObject
            {
                ["sites"] = mean.Sites,
                ["scale"] = mean.Scale,
                ["mean"] = JsonText.Estimate(mean.Mean),
                ["prediction"] = JsonText.Estimate(mean.Prediction),
                ["tau"] = JsonText.Number(mean.Tau),
            };
        }

        return new JsonObject
        {
            ["left_out"] = leftOut,
            ["too_small"] = JsonText.Texts(figures.Sites.Where(site => site.IsTooFew).Select(site => site.Name)),
            ["straddling_patients"] = figures.Straddling,
            ["summary"] = summary,
        };
    }

    private static void Notes(Screen screen, IEnumerable<string> notes)
    {
        foreach (string note in notes)
        {
            screen.Paragraph($"{char.ToUpperInvariant(note[0])}{note[1..].TrimEnd('.')}.");
        }
    }

    /// <summary>Two lines for each site: figures, and their intervals below.</summary>
    private static ConsoleTable Sites(SiteFigures figures)
    {
        var table = new ConsoleTable().Column("site").Numbers("rows").Numbers("events");
        foreach ((_, string title) in Summarized)
        {
            table.Numbers(title);
        }

        table.Numbers("log-loss").Numbers("recalib.").Numbers("Brier");
        foreach (SubgroupResult site in figures.Sites)
        {
            if (site.IsTooFew)
            {
                table.Row(site.Name, "too few");
                continue;
            }

            Estimate[] means = Array.ConvertAll(Summarized, figure => site.Metrics[figure.Name]);
            table.Row(
                [
                    site.Name,
                    site.Count is { } rows ? FigureText.Count(rows) : "hidden",
                    site.Events is { } events ? FigureText.Count(events) : "hidden",
                    .. means.Select(mean => (Cell)Two(mean.Value)),
                    FigureText.Figure(site.Metrics["log_loss"].Value),
                    FigureText.Figure(site.Metrics[SiteEvaluation.NewInterceptLogLoss].Value),
                    FigureText.Figure(site.Metrics["brier"].Value),
                ]);
            table.Row(["", "", "", .. means.Select(mean => new Cell(Ends(mean), Emphasis.Faint))]);
        }

        return table;
    }

    private static ConsoleTable Summary(SiteFigures figures)
    {
        var table = new ConsoleTable().Column("over the sites").Numbers("sites").Numbers("mean").Numbers("95 % interval").Numbers("a further site, 95 %").Numbers("tau");
        foreach ((string name, string title) in Summarized)
        {
            RandomEffectsSummary summary = figures.Summaries[name];
            table.Row(
                title,
                FigureText.Count(summary.Sites),
                Two(summary.Mean.Value),
                Ends(summary.Mean),
                Ends(summary.Prediction),
                double.IsFinite(summary.Tau) ? $"{Two(summary.Tau)}{(summary.Scale == "plain" ? "" : $" ({summary.Scale})")}" : FigureText.None);
        }

        return table;
    }

    private static string Two(double value) => double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : FigureText.None;

    private static string Ends(Estimate estimate) => estimate.HasInterval ? $"{Two(estimate.Low)} to {Two(estimate.High)}" : FigureText.None;
}
