using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Prediction;
using MedTune.Reports;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune export</c>: hands a model or its report on as one file.</summary>
internal sealed class ExportVerb : Verb
{
    private const string Onnx = "onnx";
    private const string Safetensors = "safetensors";
    private const string Html = "html";

    private readonly Argument<string> _source = new("RUN|MODEL") { Description = "A run folder, or a model.onnx." };
    private readonly Option<string?> _to = TypedOption.Text("--to", "FORM", "onnx: the whole model; safetensors: its weights alone; html: the report of a run, or the model card of a model file.");
    private readonly Option<string?> _out = TypedOption.Text("--output", "FILE", "The file to write. Default: the run's name, here.", "-o");

    private readonly Option<string?> _language = LanguageOption.Create("With --to html: en, or zh for simplified Chinese. Default: that of the run's report, en for a model card.");

    public override string Name => "export";

    public override string Summary => "Hands a model or its report on as one file.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune export runs/heart --to onnx -o heart.onnx", "one file for any ONNX runtime: raw columns in, probabilities out"),
        new("medtune export runs/heart --to html", "the report as heart.html; of a model file, its model card"),
        new("medtune export runs/heart --to html --language zh -o heart-zh.html", "the same report in Chinese"),
        new("medtune export heart.onnx --to safetensors -o heart.safetensors", "the weights for other programs"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_source);
        command.Options.Add(_to);
        command.Options.Add(_out);
        command.Options.Add(_language);
    }

    protected override Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        string form = parsed.GetValue(_to) ?? throw new ArgumentsException("Say what to write with --to onnx, --to safetensors or --to html.");
        if (form is not (Onnx or Safetensors or Html))
        {
            throw new ArgumentsException($"--to '{form}' is not known; there are onnx, safetensors and html.");
        }

        ReportLanguage? language = parsed.GetValue(_language) is null ? null : LanguageOption.Read(parsed, _language);
        if (language is not null && form != Html)
        {
            throw new ArgumentsException($"--language is for --to html; a model has no language, so leave it out with --to {form}.");
        }

        string source = parsed.GetRequiredValue(_source);
        string output = parsed.GetValue(_out) ?? FreeName(source, form);
        OutputFile.Check(output, "-o");
        Write(source, form, output, language);
        if (screen.IsJson)
        {
            screen.Json(new JsonObject { ["source"] = source, ["form"] = form, ["output"] = output });
        }
        else
        {
            screen.Line($"Written: {output}");
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static void Write(string source, string form, string output, ReportLanguage? language)
    {
        switch (form)
        {
            case Onnx:
                ModelFile.Load(source).Save(output);
                break;
            case Safetensors:
                ModelWeights.Save(ModelFile.Load(source), output);
                break;
            default:
                WriteReport(source, output, language);
                break;
        }
    }

    private static void WriteReport(string source, string output, ReportLanguage? language)
    {
        if (File.Exists(source))
        {
            RunReport.Write(ModelFile.Load(source), output, language ?? ReportLanguage.English);
            return;
        }

        ResultFile.Copy(RunReports.Find(source, language), output);
    }

    private static string FreeName(string source, string form)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source));
        string name = Path.GetFileName(path) == "model.onnx" ? Path.GetFileName(Path.GetDirectoryName(path)!) : Path.GetFileNameWithoutExtension(path);
        string file = $"{name}.{form}";
        return File.Exists(file) ? throw new DataException($"'{file}' exists already; give another name, or the same, with -o.") : file;
    }
}
