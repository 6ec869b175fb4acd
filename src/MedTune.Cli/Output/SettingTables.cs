using System.Globalization;
using System.Text.Json.Nodes;

namespace MedTune.Cli.Output;

/// <summary>What a search has tried: the best settings of each kind of model for people, all of them for machines.</summary>
internal static class SettingTables
{
    private const int MostShown = 5;

    /// <summary>The five best of each kind, where settings were drawn; the rest stands in a file of the run.</summary>
    public static void Show(Screen screen, Run run)
    {
        var searched = run.Candidates.Where(candidate => candidate.Tried.Any(tried => tried.IsDrawn)).ToList();
        if (searched.Count == 0)
        {
            return;
        }

        screen.Line();
        screen.Heading(run.Plan.Images is null
            ? "Best settings tried, by log-loss out of fold (± standard error):"
            : "Best recipes tried, by log-loss on the pictures checked on (± standard error):");
        var table = new ConsoleTable().Column("model").Column("setting").Numbers("log-loss").Numbers("±").Numbers("preferred").Column("");
        foreach (CandidateResult candidate in searched)
        {
            foreach (TriedSetting tried in candidate.Tried.OrderBy(tried => tried.LogLoss).Take(MostShown))
            {
                table.Row(
                    candidate.Name,
                    tried.Setting,
                    FigureText.Figure(tried.LogLoss),
                    FigureText.Figure(tried.StandardError),
                    tried.InnerLosses.IsEmpty ? "" : $"in {tried.PreferredIn.Length} of {tried.InnerLosses.Length} folds",
                    new Cell(tried.IsPreferred ? "used" : "", Emphasis.Good));
            }
        }

        screen.Table(table);
        int count = searched.Sum(candidate => candidate.Tried.Length);
        screen.Paragraph(string.Create(CultureInfo.InvariantCulture, $"All {count} stand in settings.csv of the run."));
    }

    /// <summary>All settings of a candidate.</summary>
    public static JsonArray Document(CandidateResult candidate) =>
    [
        .. candidate.Tried.Select(tried => (JsonNode?)new JsonObject
        {
            ["setting"] = tried.Setting,
            ["values"] = Values(tried),
            ["is_drawn"] = tried.IsDrawn,
            ["log_loss"] = JsonText.Number(tried.LogLoss),
            ["standard_error"] = JsonText.Number(tried.StandardError),
            ["is_preferred"] = tried.IsPreferred,
            ["inner_log_losses"] = new JsonArray([.. tried.InnerLosses.Select(JsonText.Number)]),
            ["preferred_in_folds"] = new JsonArray([.. tried.PreferredIn.Select(fold => (JsonNode?)JsonValue.Create(fold))]),
        }),
    ];

    private static JsonObject Values(TriedSetting tried)
    {
        var values = new JsonObject();
        foreach (var (name, value) in tried.Values)
        {
            values[name.Replace(' ', '_')] = JsonText.Number(value);
        }

        return values;
    }
}
