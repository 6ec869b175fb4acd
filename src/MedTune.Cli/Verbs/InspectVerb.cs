using System.Collections.Immutable;
using System.CommandLine;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Data.Images;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune inspect</c>: what is in the data, what is wrong with it, what would be done.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly Argument<string[]> _data = PathArgument.DataFiles();
    private readonly DataOptions _options = new();
    private readonly Option<int?> _threads = ThreadsOption.Create();

    public override string Name => "inspect";

    public override string Summary => "Shows what is in the data, what is wrong with it, and what would be done. Nothing is written.";

    public override string Description =>
        "Without --target it shows the columns of a table only. Of pictures every one is read: what is broken, blank, there twice or written on is told. For a table the last line is the 'medtune train' command that fits what was found.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune inspect patients.csv", "the columns: what each holds and why it is taken so"),
        new("medtune inspect heart.csv --target 'num>0' --missing '?'", "a rule makes the positive class; '?' means missing"),
        new("medtune inspect xrays/", "pictures: a folder for each class, a manifest.csv (path,label,patient_id,split) or an .npz"),
        new("medtune inspect stays.csv.gz --target died --patient mrn --drop bed", "several stays of one patient are kept together"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_data);
        _options.AddTo(command);
        command.Options.Add(_threads);
    }

    protected override Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        (string path, DatasetOptions options) = GeneOptions.FilesOf(parsed.GetRequiredValue(_data), _options.Read(parsed));
        if (ImageSet.IsAt(path))
        {
            return ImageLook.ShowAsync(screen, path, options, ThreadsOption.Read(parsed, _threads), cancellationToken);
        }

        if (GeneSet.FormOf(path, options) != GeneForm.None)
        {
            return Task.FromResult(GeneLook.Show(screen, path, options));
        }

        DatasetSummary summary = Dataset.From(TableReader.Read(path, options.Read), options).Summarize();
        string next = options.Target is null
            ? $"medtune inspect {ShellText.Quote(path)} --target COLUMN"
            : $"medtune train {ShellText.Quote(path)} {DataOptions.ToCommandLine(options)}";
        if (screen.IsJson)
        {
            screen.Json(DataDocument.Of(path, summary, next));
        }
        else
        {
            DataTables.Show(screen, path, summary);
            screen.Line();
            screen.Heading(options.Target is null ? "Next, name what is to be predicted:" : "Next:");
            screen.Line($"  {next}");
        }

        return Task.FromResult(ExitCode.Done);
    }
}
