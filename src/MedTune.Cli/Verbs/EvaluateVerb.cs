using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Reports;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune evaluate</c>: judges a finished model on patients it has not seen.</summary>
internal sealed class EvaluateVerb : Verb
{
    private const string TrainedRows = "trained-rows";

    private readonly Argument<string> _model = PathArgument.Model();
    private readonly Argument<string[]> _data = PathArgument.DataFiles();
    private readonly DataOptions _options = new("Default: that of the model.");
    private readonly Option<string[]> _accept = TypedOption.Texts("--accept", TrainedRows, "Judge it even on patients it was trained on; the figures will flatter it.");
    private readonly Option<int?> _threads = ThreadsOption.Create();
    private readonly Option<string?> _language = LanguageOption.Create();
    private readonly Option<string?> _out = TypedOption.Text("--out", "DIR", "A new or empty folder for metrics.json, predictions.csv and report.html.");

    public override string Name => "evaluate";

    public override string Summary => "Judges a finished model on other patients (external validation). Each judging of the same data is counted.";

    public override string Description => "The data need the model's columns and its target; --target names it where the column is called otherwise here.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune evaluate runs/heart other_hospital.csv", "the figures, on the screen"),
        new("medtune evaluate runs/heart/model.onnx other_hospital.csv --out runs/heart-elsewhere", "with report, predictions and figures as files"),
        new("medtune evaluate runs/xrays other_hospital/", "pictures, in folders named as the model's classes"),
        new("medtune evaluate model.onnx theirs.csv --target 'outcome=dead' --json", "the outcome is written differently there; for a script"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_model);
        command.Arguments.Add(_data);
        _options.AddTo(command);
        command.Options.Add(_accept);
        command.Options.Add(_out);
        command.Options.Add(_threads);
        command.Options.Add(_language);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        ReportLanguage language = LanguageOption.Read(parsed, _language);
        string? folder = parsed.GetValue(_out);
        string[] accepted = [.. (parsed.GetValue(_accept) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (accepted.FirstOrDefault(code => code is not (TrainedRows or "all")) is { } unknown)
        {
            throw new ArgumentsException($"--accept '{unknown}' means nothing here; there is only '{TrainedRows}'.");
        }

        if (folder is not null)
        {
            OutputFolder.Check(folder);
        }

        ModelFile model = ModelFile.Load(parsed.GetRequiredValue(_model));
        (string path, DatasetOptions options) = GeneOptions.FilesOf(parsed.GetRequiredValue(_data), _options.Read(parsed));
        ExternalEvaluation evaluation = model.Manifest.Genes is not null
            ? Runs.EvaluateGenes(model, path, options, accepted.Length > 0, null, ThreadsOption.Read(parsed, _threads))
            : model.Manifest.Image is null
            ? Runs.Evaluate(model, path, options, accepted.Length > 0)
            : await ProgressDisplay.ShowAsync(
                screen,
                progress => Task.Run(
                    () => Runs.EvaluateImages(model, path, options, accepted.Length > 0, null, ThreadsOption.Read(parsed, _threads), progress, cancellationToken),
                    cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        string? report = null;
        if (folder is not null)
        {
            evaluation.Write(folder);
            report = Path.Combine(folder, "report.html");
            RunReport.Write(evaluation, report, language);
        }

        if (screen.IsJson)
        {
            screen.Json(Document(path, evaluation, folder, report));
        }
        else
        {
            Show(screen, path, evaluation, report);
        }

        return ExitCode.Done;
    }

    private static void Show(Screen screen, string path, ExternalEvaluation evaluation, string? report)
    {
        Manifest manifest = evaluation.Model.Manifest;
        screen.Paragraph($"The {manifest.ModelKind} for '{manifest.Target}', fitted to {FigureText.Count(manifest.TrainingSamples, "sample")}, on {FigureText.Count(evaluation.Data.Rows, RowOf(evaluation.Data))} of {path}:");
        screen.Table(MetricTables.Of([evaluation.Part], part => MetricNames.PartLabel(part.Part)));
        foreach (string reason in MetricTables.Missing([evaluation.Part], part => MetricNames.PartLabel(part.Part)))
        {
            screen.Paragraph(reason);
        }

        FindingTables.Show(screen, [evaluation.Part], part => MetricNames.PartLabel(part.Part));
        if (evaluation.SeenRows > 0)
        {
            screen.Paragraph($"{FigureText.Count(evaluation.SeenRows, "row")} of these belong to patients the model was trained on: the figures flatter it.");
        }

        screen.Paragraph(evaluation.Openings == 1
            ? "These data have judged a model once, now."
            : $"These data have judged a model {evaluation.Openings} times on this machine: choosing among models by these figures makes them too good.");
        int warnings = evaluation.Data.Findings.Count(finding => finding.Severity != FindingSeverity.Note);
        if (warnings > 0)
        {
            screen.Paragraph($"{FigureText.Count(warnings, "warning")} about the data: 'medtune inspect' shows them.");
        }

        if (report is not null)
        {
            screen.Line();
            screen.Heading("Files:");
            screen.Line($"  {report}");
        }
    }

    private static string RowOf(DatasetSummary data) => data.IsOfPictures ? "picture" : data.Genes == GeneForm.None ? "row" : GeneTables.NounOf(data.Genes);

    private static JsonObject Document(string path, ExternalEvaluation evaluation, string? folder, string? report) => new()
    {
        ["model_digest"] = evaluation.Model.Digest,
        ["target"] = evaluation.Model.Manifest.Target,
        ["classes"] = JsonText.Texts(evaluation.Model.Manifest.Classes),
        ["rows"] = evaluation.Data.Rows,
        ["seen_rows"] = evaluation.SeenRows,
        ["openings"] = evaluation.Openings,
        ["metrics"] = MetricTables.Document([evaluation.Part]),
        ["data"] = DataDocument.Of(path, evaluation.Data),
        ["out"] = folder,
        ["report"] = report,
    };
}
