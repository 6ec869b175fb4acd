using System.Text.Json.Nodes;
using MedTune.Cli.Options;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Prediction;

namespace MedTune.Cli.Output;

/// <summary>What came out of a training: which model and why, how good, where it is, what to type next.</summary>
internal static class RunTables
{
    public static void Show(Screen screen, FinishedRun finished, string reportPath)
    {
        Run run = finished.Run;
        ShowChoice(screen, run);
        SettingTables.Show(screen, run);
        screen.Line();
        screen.Table(MetricTables.Of(run.Parts, part => LabelOf(finished, part)));
        foreach (string reason in MetricTables.Missing(run.Parts, part => LabelOf(finished, part)))
        {
            screen.Paragraph(reason);
        }

        FindingTables.Show(screen, run.Parts, part => LabelOf(finished, part));
        GeneTables.Show(screen, run.Genes);
        screen.Line();
        SiteTables.Show(screen, run);
        ShowThreshold(screen, run.Model.Manifest);
        FindingTables.ShowThresholds(screen, run.Model.Manifest);
        screen.Paragraph(Openings(finished));
        ShowTimeLimit(screen, run);
        screen.Paragraph(Findings(run.Data));
        foreach (Finding finding in run.Data.Findings.Where(IsOfTheSplit))
        {
            screen.Paragraph($"{finding.Message} {finding.Action}", indent: 2, firstLine: "! ");
        }

        screen.Line();
        screen.Heading("Files:");
        RunFolder folder = RunFolder.Open(finished.Folder);
        bool isOfPictures = run.Model.Manifest.Image is not null;
        string inputs = run.Model.Manifest.Genes is { } genes ? genes.Input : isOfPictures ? "decoded pixels" : "raw columns";
        screen.Line($"  {folder.ModelPath}   the model: {inputs} in, calibrated probabilities out");
        screen.Line($"  {reportPath}  the evidence, for people");
        if (!run.HardSamples.IsEmpty)
        {
            screen.Line($"  {folder.HardExamplesPath}   {FigureText.Count(run.HardSamples.Length, "picture")} to read again: answer them there, then train with --corrections");
        }

        screen.Line();
        screen.Heading("Next:");
        if (isOfPictures)
        {
            screen.Line($"  medtune predict {ShellText.Quote(folder.ModelPath)} NEW_PICTURES/ -o answers.csv");
            screen.Line($"  medtune evaluate {ShellText.Quote(folder.ModelPath)} OTHER_HOSPITAL/");
            return;
        }

        if (run.Genes is not null)
        {
            screen.Line($"  medtune predict {ShellText.Quote(folder.ModelPath)} NEW_SAMPLES -o answers.csv");
            screen.Line($"  medtune explain {ShellText.Quote(folder.ModelPath)} NEW_SAMPLES --id 0");
            return;
        }

        screen.Line($"  medtune predict {ShellText.Quote(folder.ModelPath)} DATA.csv -o risks.csv");
        screen.Line($"  medtune explain {ShellText.Quote(folder.ModelPath)} DATA.csv --id 0");
        screen.Line($"  medtune evaluate {ShellText.Quote(folder.ModelPath)} OTHER_HOSPITAL.csv");
    }

    /// <summary>The same for machines.</summary>
    public static JsonObject Document(FinishedRun finished, string reportPath)
    {
        Run run = finished.Run;
        Manifest manifest = run.Model.Manifest;
        RunFolder folder = RunFolder.Open(finished.Folder);
        return new JsonObject
        {
            ["run"] = finished.Folder,
            ["model"] = folder.ModelPath,
            ["report"] = reportPath,
            ["model_digest"] = run.Model.Digest,
            ["model_kind"] = manifest.ModelKind,
            ["target"] = manifest.Target,
            ["classes"] = JsonText.Texts(manifest.Classes),
            ["threshold"] = manifest.Threshold is { } threshold ? JsonText.Number(threshold) : null,
            ["thresholds"] = FindingTables.Thresholds(manifest),
            ["threshold_rule"] = manifest.ThresholdRule,
            ["seed"] = run.Plan.Seed,
            ["candidates"] = Candidates(run),
            ["metrics"] = MetricTables.Document(run.Parts),
            ["sites"] = SiteTables.Document(run.Sites),
            ["rows"] = Rows(run),
            ["genes"] = GeneTables.Document(run.Genes),
            ["test_openings"] = finished.Record.TestOpenings,
            ["data"] = DataDocument.Of(finished.Record.DataPath, run.Data),
        };
    }

    public static string LabelOf(FinishedRun finished, PartEvaluation part) =>
        MetricNames.PartLabel(part.Part, isGivenApart: finished.Record.IsTestGiven);

    public static void ShowChoice(Screen screen, Run run)
    {
        CandidateResult chosen = run.Candidates.FirstOrDefault(candidate => candidate.IsChosen) ?? run.Candidates[0];
        string setting = chosen.Setting.Length == 0 ? "" : $" ({chosen.Setting})";
        screen.Paragraph(run.Candidates.Length == 1
            ? $"Trained: {chosen.Name}{setting}."
            : run.Plan.Images is null
            ? $"Chosen: {chosen.Name}{setting}, by cross-validated log-loss (lower is better)."
            : $"Chosen: {chosen.Name}{setting}, by the log-loss of pictures kept back to check on; frozen features stay unless fine-tuning is better by more than a standard error. Below, out of fold:");
        if (run.Candidates.Length == 1)
        {
            return;
        }

        var table = new ConsoleTable().Column("model").Column("setting").Numbers("log-loss").Numbers("AUROC").Numbers("preferred").Column("");
        int folds = run.Candidates.Sum(candidate => candidate.TimesChosen);
        foreach (CandidateResult candidate in run.Candidates)
        {
            table.Row(
                candidate.Name,
                candidate.Setting,
                FigureText.Figure(candidate.LogLoss),
                FigureText.Figure(candidate.Auroc),
                $"in {candidate.TimesChosen} of {folds} folds",
                new Cell(candidate.IsChosen ? "chosen" : "", Emphasis.Good));
        }

        screen.Table(table);
    }

    private static void ShowThreshold(Screen screen, Manifest manifest)
    {
        if (manifest.Threshold is { } threshold)
        {
            string rule = manifest.ThresholdRule.Length == 0 ? "" : $" ({manifest.ThresholdRule})";
            screen.Paragraph($"Answered '{manifest.Classes[^1]}' from a probability of {FigureText.Figure(threshold)} up{rule}.");
        }
    }

    /// <summary>What the folds file or the test data do to the figures, and which labels the model does not answer, is said beside them.</summary>
    private static bool IsOfTheSplit(Finding finding) =>
        finding.Code.StartsWith("folds-", StringComparison.Ordinal) || finding.Code is FindingCodes.TestRowsInTraining or ImageFindingCodes.RareFinding;

    private static void ShowTimeLimit(Screen screen, Run run)
    {
        if (run.Events.FirstOrDefault(happened => happened.Step == "time limit") is { } cut)
        {
            screen.Paragraph($"The time limit ended the comparison of models before all were done ({cut.Detail}); --time-limit gives more.");
        }
    }

    private static string Openings(FinishedRun finished)
    {
        if (finished.Record.TestOpenings == 0)
        {
            return "Nothing was sealed: the folds were given, so the figures are out of fold only.";
        }

        string part = finished.Record.IsTestGiven ? "These test data have" : "This sealed part has";
        return finished.Record.TestOpenings == 1
            ? $"{part} been opened once, by this run."
            : $"{part} been opened {finished.Record.TestOpenings} times on this machine: choosing among runs by its figures makes them too good.";
    }

    private static string Findings(DatasetSummary data)
    {
        int warnings = data.Findings.Count(finding => finding.Severity != FindingSeverity.Note);
        return data.Findings.IsEmpty
            ? "Nothing was found wrong with the data."
            : $"{FigureText.Count(data.Findings.Length, "finding")} in the data, {(warnings == 0 ? "none a warning" : FigureText.Count(warnings, "of them a warning", "of them warnings"))}: 'medtune inspect' and the report list them.";
    }

    private static JsonArray Candidates(Run run) =>
    [
        .. run.Candidates.Select(candidate => (JsonNode?)new JsonObject
        {
            ["name"] = candidate.Name,
            ["setting"] = candidate.Setting,
            ["log_loss"] = JsonText.Number(candidate.LogLoss),
            ["auroc"] = JsonText.Number(candidate.Auroc),
            ["times_chosen"] = candidate.TimesChosen,
            ["is_chosen"] = candidate.IsChosen,
            ["settings"] = SettingTables.Document(candidate),
        }),
    ];

    private static JsonObject Rows(Run run)
    {
        var rows = new JsonObject();
        foreach (PartEvaluation part in run.Parts)
        {
            rows[part.Part] = part.Predictions.Length;
        }

        return rows;
    }
}
