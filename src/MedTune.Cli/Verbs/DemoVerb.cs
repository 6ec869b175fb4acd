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

/// <summary><c>medtune demo</c>: the main job on the sample data that ships with MedTune.</summary>
internal sealed class DemoVerb : Verb
{
    private const string Target = "recurrence or death within 3 years";
    private const int FewPatients = 60;
    private const ulong Seed = 1;

    private readonly Option<string?> _out = TypedOption.Text("--out", "DIR", "A new or empty folder. Default: runs/demo, or runs/demo-2 ...");
    private readonly Option<int?> _threads = ThreadsOption.Create();
    private readonly Option<string?> _language = LanguageOption.Create("Language of the reports: en, or zh for simplified Chinese. Default: en.");

    public override string Name => "demo";

    public override string Summary => "Does the main job on the sample data: trains in one place, fine-tunes to another, reports both.";

    public override string Description =>
        $"It trains on 2,944 breast-cancer patients of Rotterdam, then fine-tunes that model to {FewPatients} patients of a German trial and judges it "
        + "on the trial's other patients. Under two minutes on two processors.";

    public override ImmutableArray<Example> Examples =>
    [
        new("medtune demo", "into runs/demo"),
        new("medtune demo --out /tmp/demo --threads 1", "elsewhere, on one processor; the files come out the same"),
    ];

    protected override void Declare(Command command)
    {
        command.Options.Add(_out);
        command.Options.Add(_threads);
        command.Options.Add(_language);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken)
    {
        ReportLanguage language = LanguageOption.Read(parsed, _language);
        string folder = parsed.GetValue(_out) ?? OutputFolder.Free(Path.Combine("runs", "demo"));
        OutputFolder.Check(folder);
        int threads = ThreadsOption.Read(parsed, _threads);
        string samples = SampleData.Folder();
        Tell(screen, "1. Training on the breast-cancer patients of Rotterdam ...");
        FinishedRun rotterdam = await TrainAsync(
            screen, Path.Combine(samples, "rotterdam.csv"), Path.Combine(folder, "rotterdam"), null, null, threads, language, cancellationToken).ConfigureAwait(false);

        SamplePart.Split split = SamplePart.Draw(Path.Combine(samples, "gbsg.csv"), Target, FewPatients, folder);
        Tell(screen, $"2. Fine-tuning to {split.TrainingRows} patients of the German trial; the other {split.TestRows} are the test ...");
        FinishedRun german = await TrainAsync(
            screen, split.TrainingPath, Path.Combine(folder, "gbsg"), rotterdam.Run.Model, split.TestPath, threads, language, cancellationToken).ConfigureAwait(false);

        if (screen.IsJson)
        {
            screen.Json(new JsonObject
            {
                ["runs"] = new JsonArray(RunTables.Document(rotterdam, ReportOf(rotterdam)), RunTables.Document(german, ReportOf(german))),
            });
        }
        else
        {
            Show(screen, rotterdam, german);
        }

        return ExitCode.Done;
    }

    private static async Task<FinishedRun> TrainAsync(
        Screen screen, string data, string folder, ModelFile? source, string? test, int threads, ReportLanguage language, CancellationToken cancellationToken)
    {
        var request = new TrainingRequest
        {
            DataPath = data,
            Data = new DatasetOptions { Target = Target },
            From = source,
            TestPath = test,
            Seed = Seed,
            Threads = threads,
        };
        FinishedRun finished = await RunWork.DoAsync(
            screen, folder, progress => Runs.TrainAsync(request, folder, progress, cancellationToken)).ConfigureAwait(false);
        RunReports.Write(finished, language);
        return finished;
    }

    private static void Show(Screen screen, FinishedRun rotterdam, FinishedRun german)
    {
        ShowRun(screen, rotterdam, "Rotterdam: trained");
        screen.Line();
        ShowRun(screen, german, "German trial (GBSG): fine-tuned from Rotterdam's model");
        screen.Line();
        screen.Heading("Look at the reports in a browser:");
        screen.Line($"  {Path.GetFullPath(ReportOf(rotterdam))}");
        screen.Line($"  {Path.GetFullPath(ReportOf(german))}");
        screen.Line();
        screen.Heading("Next:");
        string model = RunFolder.Open(german.Folder).ModelPath;
        screen.Line($"  medtune predict {ShellText.Quote(model)} --set age=54 --set size=20-50 --set nodes=4");
        screen.Line($"  medtune explain {ShellText.Quote(model)} {ShellText.Quote(german.Record.TestPath)} --id 0");
        screen.Line("  medtune inspect YOUR_PATIENTS.csv");
    }

    private static void ShowRun(Screen screen, FinishedRun finished, string title)
    {
        screen.Heading(title);
        RunTables.ShowChoice(screen, finished.Run);
        screen.Line();
        screen.Table(MetricTables.Of(finished.Run.Parts, part => RunTables.LabelOf(finished, part), MetricNames.Short));
        screen.Line($"  {RunFolder.Open(finished.Folder).ModelPath}");
    }

    private static void Tell(Screen screen, string text) => screen.Error(text);

    private static string ReportOf(FinishedRun finished) => RunFolder.Open(finished.Folder).ReportPath;
}
