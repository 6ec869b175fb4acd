using System.Collections.Immutable;
using System.CommandLine;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Reports;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune resume</c>: goes on with a training that was stopped.</summary>
internal sealed class ResumeVerb : Verb
{
    private readonly Argument<string> _run = PathArgument.Run();
    private readonly Argument<string?> _data = PathArgument.OptionalData("Where the data are now; test data given apart are looked for beside it. Default: where they were.");
    private readonly Option<int?> _threads = ThreadsOption.Create();
    private readonly Option<string?> _language = LanguageOption.Create();

    public override string Name => "resume";

    public override string Summary => "Goes on with a training that was stopped, to the same bits as if it never had been.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune resume runs/heart", "goes on where it stopped, after Ctrl+C or a power cut"),
        new("medtune resume runs/heart elsewhere/heart.csv", "the data were moved; they must be the same data"),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_run);
        command.Arguments.Add(_data);
        command.Options.Add(_threads);
        command.Options.Add(_language);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        ReportLanguage language = LanguageOption.Read(parsed, _language);
        string folder = parsed.GetRequiredValue(_run);
        int threads = ThreadsOption.Read(parsed, _threads);
        FinishedRun finished = await RunWork.DoAsync(
            screen, folder, progress => Runs.ResumeAsync(folder, parsed.GetValue(_data), threads, progress, cancellationToken)).ConfigureAwait(false);
        RunWork.Show(screen, finished, language);
        return ExitCode.Done;
    }
}
