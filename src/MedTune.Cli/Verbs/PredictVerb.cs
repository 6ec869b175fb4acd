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

/// <summary><c>medtune predict</c>: probabilities for the rows of a table, or for one patient.</summary>
internal sealed class PredictVerb : Verb
{
    private readonly Argument<string> _model = PathArgument.Model();
    private readonly Argument<string?> _data = PathArgument.OptionalData("The table to predict, pictures (a file, a folder, a manifest, an archive) or gene data; leave it out and use --set for one patient.");
    private const string SampleId = "sample";

    private readonly OnePatient _patient = new();
    private readonly GeneOptions _genes = new();
    private readonly ReadingOptions _reading = new();
    private readonly Option<string?> _id = TypedOption.Text("--id", "COL", "A column to copy into the answers in place of the row number; of gene data 'sample', the names of samples or sequences.");
    private readonly Option<int?> _threads = ThreadsOption.Create();
    private readonly Option<string?> _out = TypedOption.Text("--output", "FILE", "Write the answers into this CSV file instead of onto the screen.", "-o");

    public override string Name => "predict";

    public override string Summary => "Answers the class and its probabilities for new patients, and warns about unusual input.";

    public override string Description =>
        "The answers are CSV: row (0-based, or the column of --id), class, one probability per class (p_...), warnings. Other columns of "
        + "the table than the model's are ignored; a model's column that is missing is refused. A text that a spreadsheet would carry out as a formula gets an apostrophe in front.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune predict runs/heart new_patients.csv -o risks.csv", "a table in, a table out"),
        new("medtune predict runs/xrays new_pictures/ -o answers.csv", "every picture below a folder, DICOM too"),
        new("medtune predict model.onnx new_patients.csv --id mrn", "with the patients' own numbers, on the screen"),
        new("medtune predict model.onnx --set age=63 --set sex=M --set 'chest pain=typical'", "one patient; what is not set is missing"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_model);
        command.Arguments.Add(_data);
        _patient.AddTo(command);
        _genes.AddTo(command, hasLabels: false);
        _reading.AddTo(command);
        command.Options.Add(_id);
        command.Options.Add(_out);
        command.Options.Add(_threads);
    }

    protected override Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        string? data = parsed.GetValue(_data);
        string? output = parsed.GetValue(_out);
        string? id = parsed.GetValue(_id);
        TableReadOptions reading = _reading.Read(parsed);
        ImmutableSortedDictionary<string, string>? patient = _patient.Read(parsed, data);
        if (patient is not null && (id is not null || output is not null))
        {
            throw new ArgumentsException("--id and -o belong to a table; one patient of --set is answered on the screen.");
        }

        if (output is not null)
        {
            OutputFile.Check(output, "-o");
        }

        ModelFile model = ModelFile.Load(parsed.GetRequiredValue(_model));
        if (model.Manifest.Image is not null)
        {
            return AnswerPicturesAsync(screen, model, patient is null && id is null ? data! : throw new ArgumentsException("The model is for pictures; --set and --id belong to tables."), output, ThreadsOption.Read(parsed, _threads), cancellationToken);
        }

        if (model.Manifest.Genes is not null)
        {
            return Task.FromResult(AnswerGenes(screen, model, patient is null ? data! : throw new ArgumentsException("The model is for gene data; --set belongs to tables."), id, output, parsed));
        }

        using Predictor predictor = new(model);
        if (patient is not null)
        {
            ShowPatient(screen, model.Manifest, predictor.Predict(patient));
            return Task.FromResult(ExitCode.Done);
        }

        Table table = TableReader.Read(data!, reading);
        TableColumn? ids = id is null ? null : table[id];
        IReadOnlyList<Prediction.Prediction> answers = predictor.Predict(table);
        cancellationToken.ThrowIfCancellationRequested();
        Give(screen, model.Manifest, answers, Ids.From(ids), output);
        return Task.FromResult(ExitCode.Done);
    }

    private ExitCode AnswerGenes(Screen screen, ModelFile model, string path, string? id, string? output, ParseResult parsed)
    {
        if (id is not (null or SampleId))
        {
            throw new ArgumentsException($"The model is for gene data; --id {SampleId} puts the names of the samples or sequences in place of their numbers.");
        }

        ManifestGenes genes = model.Manifest.Genes!;
        GeneSet set = GeneSet.OpenUnlabelled(path, new DatasetOptions { Genes = _genes.Read(parsed), Read = _reading.Read(parsed) }, genes.Form, genes.Features);
        using GenePredictor predictor = new(model, ThreadsOption.Read(parsed, _threads));
        Func<int, string> name = id is null ? row => set.RowNumbers[row].ToString(CultureInfo.InvariantCulture) : row => set.Names[row];
        Give(screen, model.Manifest, predictor.Predict(set), new Ids(id is null ? "row" : SampleId, name), output);
        return ExitCode.Done;
    }

    private static async Task<ExitCode> AnswerPicturesAsync(Screen screen, ModelFile model, string path, string? output, int threads, CancellationToken cancellationToken)
    {
        PictureAnswers.Found found = await PictureAnswers.OfAsync(screen, model, path, threads, cancellationToken).ConfigureAwait(false);
        Give(screen, model.Manifest, found.Answers, new Ids("picture", row => found.Names[row]), output);
        foreach (string refusal in found.Refusals)
        {
            screen.Error(refusal);
        }

        // Answers for some and silence about the others would pass for answers for all.
        return found.Refusals.Count > 0 ? ExitCode.DataRefused : ExitCode.Done;
    }

    private static void Give(Screen screen, Manifest manifest, IReadOnlyList<Prediction.Prediction> answers, Ids? ids, string? output)
    {
        if (output is not null)
        {
            ResultFile.Write(output, writer => WriteCsv(writer, manifest, answers, ids, field => field));
        }

        if (screen.IsJson)
        {
            screen.Json(Document(manifest, answers, ids, output));
        }
        else if (output is null)
        {
            WriteCsv(screen.Output, manifest, answers, ids, screen.Field);
        }
        else
        {
            ShowSummary(screen, manifest, answers, output);
        }
    }

    private static void WriteCsv(TextWriter writer, Manifest manifest, IReadOnlyList<Prediction.Prediction> answers, Ids? ids, Func<string, string> shown)
    {
        string[] sets = manifest.Sets is null ? [] : ["set"];
        CsvLine.Write(writer, new[] { ids?.Name ?? "row", manifest.HasFindings ? "findings" : "class" }
            .Concat(manifest.HasFindings ? manifest.Classes.Select(name => $"predicted_{name}") : [])
            .Concat(manifest.Classes.Select(name => $"p_{name}")).Concat(sets).Concat(manifest.FindingSets is null ? [] : manifest.Classes.Select(name => $"set_{name}")).Append("warnings").Select(shown));
        for (int row = 0; row < answers.Count; row++)
        {
            Prediction.Prediction answer = answers[row];
            CsvLine.Write(writer,
            [
                shown(ids?.Of(row) ?? row.ToString(CultureInfo.InvariantCulture)),
                shown(answer.Class),
                .. answer.Present.Select(isThere => isThere ? "1" : "0"),
                .. answer.Probabilities.Select(Exact),
                .. sets.Select(_ => shown(string.Join('|', answer.Set))),
                .. answer.FindingSets.Select(set => shown(string.Join('|', set))),
                shown(string.Join("; ", answer.Warnings)),
            ]);
        }
    }

    private static void ShowSummary(Screen screen, Manifest manifest, IReadOnlyList<Prediction.Prediction> answers, string output)
    {
        var table = new ConsoleTable().Column(manifest.HasFindings ? "finding" : "class").Numbers("answered").Numbers("share").Numbers("mean probability");
        for (int k = 0; k < manifest.Classes.Length; k++)
        {
            int count = answers.Count(answer => manifest.HasFindings ? answer.Present[k] : answer.Class == manifest.Classes[k]);
            double mean = answers.Count == 0 ? double.NaN : answers.Average(answer => answer.Probabilities[k]);
            table.Row(manifest.Classes[k], FigureText.Count(count), FigureText.Percent(count, answers.Count), FigureText.Figure(mean));
        }

        screen.Table(table);
        int warned = answers.Count(answer => !answer.Warnings.IsEmpty);
        screen.Line(warned == 0
            ? $"{FigureText.Count(answers.Count, "row")} answered, none with a warning."
            : $"{FigureText.Count(answers.Count, "row")} answered, {FigureText.Count(warned)} of them with a warning: see the last column.");
        screen.Line($"Written: {output}");
    }

    private static void ShowPatient(Screen screen, Manifest manifest, Prediction.Prediction answer)
    {
        if (screen.IsJson)
        {
            screen.Json(Answer(manifest, answer));
            return;
        }

        screen.Heading($"{manifest.Target}: {answer.Class}");
        var table = new ConsoleTable().Column("class").Numbers("probability").Column("");
        for (int k = 0; k < manifest.Classes.Length; k++)
        {
            string bar = Bar.Of(answer.Probabilities[k], 1, 30);
            table.Row(manifest.Classes[k], FigureText.Figure(answer.Probabilities[k]), manifest.Classes[k] == answer.Class ? new Cell(bar, Emphasis.Strong) : bar);
        }

        screen.Table(table);
        if (manifest.Threshold is { } threshold)
        {
            screen.Line($"'{manifest.Classes[^1]}' is answered from {FigureText.Figure(threshold)} up.");
        }

        if (manifest.Sets is { } sets)
        {
            screen.Paragraph(SetWords(sets, answer));
        }

        foreach (string warning in answer.Warnings)
        {
            screen.Paragraph(warning, indent: 2, firstLine: "! ");
        }
    }

    private static string SetWords(ManifestSets sets, Prediction.Prediction answer) => answer.Set.Length switch
    {
        0 => "No class is probable enough to be expected: unlike what the model knows.",
        1 => $"At {FigureText.Percent(sets.Coverage)} coverage only '{answer.Set[0]}' is left.",
        _ => $"At {FigureText.Percent(sets.Coverage)} coverage none of these can be ruled out: {string.Join(", ", answer.Set)}.",
    };

    private static JsonObject Document(Manifest manifest, IReadOnlyList<Prediction.Prediction> answers, Ids? ids, string? output)
    {
        var document = new JsonObject
        {
            ["target"] = manifest.Target,
            ["classes"] = JsonText.Texts(manifest.Classes),
            ["threshold"] = manifest.Threshold is { } threshold ? JsonText.Number(threshold) : null,
            ["thresholds"] = FindingTables.Thresholds(manifest),
            ["rows"] = answers.Count,
            ["output"] = output,
        };
        if (output is null)
        {
            document["predictions"] = new JsonArray([.. answers.Select((answer, row) =>
            {
                JsonObject entry = Answer(manifest, answer);
                entry.Insert(0, ids is null ? "row" : "id", ids is null ? row : ids.Of(row));
                return (JsonNode?)entry;
            })]);
        }

        return document;
    }

    private static JsonObject Answer(Manifest manifest, Prediction.Prediction answer)
    {
        var probabilities = new JsonObject();
        for (int k = 0; k < manifest.Classes.Length; k++)
        {
            probabilities[manifest.Classes[k]] = JsonText.Number(answer.Probabilities[k]);
        }

        var document = new JsonObject
        {
            ["class"] = answer.Class,
            ["probability"] = JsonText.Number(answer.Probability),
            ["probabilities"] = probabilities,
            ["set"] = manifest.Sets is null ? null : JsonText.Texts(answer.Set),
            ["warnings"] = JsonText.Texts(answer.Warnings),
        };
        if (manifest.HasFindings)
        {
            document["findings"] = FindingTables.Document(answer, manifest);
        }

        return document;
    }

    // The model answers in float; its shortest text is exact.
    private static string Exact(double probability) => ((float)probability).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>What stands in place of the row number.</summary>
    private sealed record Ids(string Name, Func<int, string> Of)
    {
        public static Ids? From(TableColumn? column) => column is null ? null : new Ids(column.Name, row => column[row]);
    }
}
