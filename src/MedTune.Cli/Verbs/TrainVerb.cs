using System.Collections.Immutable;
using System.CommandLine;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Data.Images;
using MedTune.Reports;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune train</c>: a model with its evidence, in a run folder.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly Argument<string[]> _data = PathArgument.DataFiles();
    private readonly DataOptions _options = new("Default with --from: that of the model.");
    private readonly TrainingOptions _training = new();
    private readonly Option<string?> _out = TypedOption.Text("--out", "DIR", "A new or empty folder for the run. Default: runs/ and the name of the data.");
    private readonly Option<int?> _threads = ThreadsOption.Create();
    private readonly Option<string?> _language = LanguageOption.Create();

    public override string Name => "train";

    public override string Summary => "Trains a model on a table, pictures or gene data, or fine-tunes one to them, and measures how far it can be trusted.";

    public override string Description =>
        "20 % of the patients are sealed until the end; everything else is decided by cross-validation on the others. Ctrl+C stops it and "
        + "keeps what is done: 'medtune resume' goes on. The same data, options and seed give the same model, byte for byte.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune train heart.csv --target 'num>0' --missing '?' --out runs/heart", "a model from the data alone"),
        new("medtune train stays.csv --from runs/heart/model.onnx --patient mrn --threshold 'sensitivity>=0.9'", "fine-tune a model to your patients; few missed"),
        new("medtune train xrays/ --from mobilenet-v1-0.75 --augmentation chest-x-ray", "pictures: a folder for each class, a manifest.csv or an .npz; DICOM also with --target ViewPosition"),
        new("medtune train expression.tsv.gz --labels samples.csv", "gene data: a matrix or a VCF with its labels, or promoters.fa others.fa"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_data);
        _options.AddTo(command);
        _training.AddTo(command);
        command.Options.Add(_out);
        command.Options.Add(_threads);
        command.Options.Add(_language);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        ReportLanguage language = LanguageOption.Read(parsed, _language);
        (string path, DatasetOptions options) = GeneOptions.FilesOf(parsed.GetRequiredValue(_data), _options.Read(parsed));
        string folder = parsed.GetValue(_out) ?? OutputFolder.DefaultFor(path);
        TrainingRequest request = _training.Read(parsed, path, options) with { Threads = ThreadsOption.Read(parsed, _threads) };
        if (request.Data.Target is null && !ImageSet.IsAt(path) && GeneSet.FormOf(path, options) == GeneForm.None)
        {
            throw new ArgumentsException($"Say what to predict with --target; 'medtune inspect {ShellText.Quote(path)}' shows the columns.");
        }

        OutputFolder.Check(folder);
        FinishedRun finished = await RunWork.DoAsync(
            screen, folder, progress => Runs.TrainAsync(request, folder, progress, cancellationToken)).ConfigureAwait(false);
        RunWork.Show(screen, finished, language);
        return ExitCode.Done;
    }
}
