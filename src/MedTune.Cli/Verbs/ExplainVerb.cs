using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Prediction;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune explain</c>: what each column contributed to an answer.</summary>
internal sealed class ExplainVerb : Verb
{
    // Enough rows to rank the columns; explaining a network takes thousands of passes per row.
    private const int MostRows = 200;
    private const string UsualFolder = "explanations";

    private readonly Argument<string> _model = PathArgument.Model();
    private readonly Argument<string?> _data = PathArgument.OptionalData("The table with the patients, or pictures; leave it out and use --set for one patient.");
    private readonly OnePatient _patient = new();
    private readonly ReadingOptions _reading = new();
    private readonly Option<string?> _id = TypedOption.Text("--id", "ROW|COL=VALUE",
        "Which patient: a 0-based data row (as in predictions.csv), or the rows whose column COL is VALUE (of gene data sample=NAME). Default: all rows together.");

    private readonly Option<string?> _out = TypedOption.Text("--out", "PATH", $"Pictures: the folder where they are written with what the model looked at (default: {UsualFolder}). A sequence: the .svg or .html file of its heat map.");
    private readonly GeneOptions _genes = new();
    private readonly Option<int?> _threads = ThreadsOption.Create();

    public override string Name => "explain";

    public override string Summary => "Says why: what each column, gene or variant contributed to the answer, on the log-odds; of a picture or a sequence, which places speak for it.";

    public override string Description =>
        "A contribution compares the patient with a reference patient: above 0 it raises the risk, below 0 it lowers it. Without "
        + "--id it shows how much each column moves the answers of the whole table.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune explain runs/heart patients.csv --id 17", "why the patient in data row 17 (the first row is 0) got this answer"),
        new("medtune explain runs/xrays chest.png", "the picture with the places that speak for the answer, by Grad-CAM and occlusion"),
        new("medtune explain runs/promoters sites.fa --id 0 --out heat.svg", "what each change of a letter would do to the answer for the first sequence"),
        new("medtune explain model.onnx --set age=63 --set sex=M", "one patient, typed in"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_model);
        command.Arguments.Add(_data);
        _patient.AddTo(command);
        _reading.AddTo(command);
        _genes.AddTo(command, hasLabels: false);
        command.Options.Add(_id);
        command.Options.Add(_out);
        command.Options.Add(_threads);
    }

    protected override Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        string? data = parsed.GetValue(_data);
        string? id = parsed.GetValue(_id);
        TableReadOptions reading = _reading.Read(parsed);
        ImmutableSortedDictionary<string, string>? patient = _patient.Read(parsed, data);
        if (patient is not null && id is not null)
        {
            throw new ArgumentsException("--id chooses a row of a table; it means nothing with --set.");
        }

        string path = parsed.GetRequiredValue(_model);
        ModelFile model = ModelFile.Load(path);
        if (model.Manifest.Image is not null)
        {
            string pictures = patient is null && id is null ? data! : throw new ArgumentsException("The model is for pictures; --set and --id belong to tables.");
            return PictureExplanations.ShowAsync(screen, model, pictures, parsed.GetValue(_out) ?? UsualFolder, ThreadsOption.Read(parsed, _threads), cancellationToken);
        }

        if (model.Manifest.Genes is { } genes)
        {
            string samples = patient is null ? data! : throw new ArgumentsException("The model is for gene data, and --set belongs to tables; name a file of the form it was trained on, and one of its samples with --id.");
            GeneSet set = GeneSet.OpenUnlabelled(samples, new DatasetOptions { Genes = _genes.Read(parsed), Read = reading }, genes.Form, genes.Features);
            var request = new GeneExplanations.Request(id, parsed.GetValue(_out), ThreadsOption.Read(parsed, _threads), $"medtune explain {ShellText.Quote(path)} {ShellText.Quote(samples)} --id 0");
            GeneExplanations.Show(screen, model, set, request, cancellationToken);
            return Task.FromResult(ExitCode.Done);
        }

        using var explainer = new Explainer(model);
        if (patient is not null)
        {
            Give(screen, model, [new ExplainedPatient("this patient", null, explainer.Explain(patient))]);
            return Task.FromResult(ExitCode.Done);
        }

        Table table = TableReader.Read(data!, reading);
        IReadOnlyList<int> rows = id is null ? RowSelection.Spread(table, MostRows) : RowSelection.Find(id, table);
        IReadOnlyList<Explanation> explanations = explainer.Explain(table, rows);
        cancellationToken.ThrowIfCancellationRequested();
        if (id is null)
        {
            GiveOverall(screen, model, explanations, table.RowCount, $"medtune explain {ShellText.Quote(path)} {ShellText.Quote(data!)} --id 0");
        }
        else
        {
            Give(screen, model, [.. rows.Zip(explanations, (row, explanation) => new ExplainedPatient(
                $"data row {row.ToString(CultureInfo.InvariantCulture)}", row, explanation))]);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static void Give(Screen screen, ModelFile model, IReadOnlyList<ExplainedPatient> patients)
    {
        if (screen.IsJson)
        {
            screen.Json(ExplanationTables.Document(model.Manifest, patients));
            return;
        }

        for (int i = 0; i < patients.Count; i++)
        {
            if (i > 0)
            {
                screen.Line();
            }

            ExplanationTables.Show(screen, model.Manifest, patients[i]);
        }
    }

    private static void GiveOverall(Screen screen, ModelFile model, IReadOnlyList<Explanation> explanations, int rows, string next)
    {
        IReadOnlyList<ColumnWeight> weights = ColumnWeight.Of(explanations);
        if (screen.IsJson)
        {
            screen.Json(new JsonObject
            {
                ["target"] = model.Manifest.Target,
                ["rows"] = rows,
                ["explained_rows"] = explanations.Count,
                ["method"] = explanations.Count == 0 ? null : explanations[0].Method,
                ["columns"] = new JsonArray([.. weights.Select(weight => (JsonNode?)new JsonObject
                {
                    ["column"] = weight.Column,
                    ["mean_absolute_log_odds"] = JsonText.Number(weight.MeanAbsolute),
                    ["largest_absolute_log_odds"] = JsonText.Number(weight.Largest),
                })]),
            });
            return;
        }

        ExplanationTables.ShowOverall(screen, model.Manifest, weights, explanations.Count, rows);
        screen.Line();
        screen.Heading("Next, one patient:");
        screen.Line($"  {next}");
    }
}
