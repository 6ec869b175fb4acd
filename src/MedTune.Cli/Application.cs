using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using MedTune.Cli.Help;
using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Cli.Verbs;

namespace MedTune.Cli;

/// <summary>The program: reads the arguments, calls the verb, turns what happens into an exit code.</summary>
internal static class Application
{
    public const string Summary = "Fine-tunes models for medicine: a table goes in, one ONNX model with its evidence comes out.";

    /// <summary>The version of this build.</summary>
    public static string Version { get; } = typeof(Application).Assembly.GetName().Version!.ToString(3);

    /// <summary>Runs as the process: on the console, stopped by Ctrl+C or a termination signal.</summary>
    public static async Task<int> RunInConsoleAsync(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var interruption = new Interruption();
        var screen = Screen.ForConsole();
        return (int)await RunAsync(arguments, screen, interruption.Token).ConfigureAwait(false);
    }

    /// <summary>Runs on a given screen, as tests do.</summary>
    public static async Task<ExitCode> RunAsync(string[] arguments, Screen screen, CancellationToken cancellationToken)
    {
        try
        {
            var root = CreateRoot(screen);
            ParseResult parsed = Parse(root, arguments);
            bool asksForHelp = parsed.Action is HelpPageAction or VersionAction;
            screen.IsJson = !asksForHelp && (parsed.GetResult(OutputOptions.Json) is { Implicit: false } || arguments.Contains("--json"));
            if (!asksForHelp && parsed.Errors.Count > 0)
            {
                var failure = new Failure(ExitCode.WrongArguments, "arguments", ParseErrors.Describe(parsed, root));
                failure.Report(screen);
                return failure.Code;
            }

            var invocation = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // a stopped training writes its checkpoint first, however long that takes
                Output = screen.Output,
                Error = screen.ErrorOutput,
            };
            return (ExitCode)await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var failure = Failure.Of(exception);
            failure.Report(screen, exception);
            return failure.Code;
        }
    }

    /// <summary>Reads arguments literally: no bundled letters, no <c>@file</c>, which could be a column's name.</summary>
    public static ParseResult Parse(RootCommand root, string[] arguments) =>
        root.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

    /// <summary>The commands; each verb shows its results on the screen.</summary>
    public static RootCommand CreateRoot(Screen screen)
    {
        var root = new RootCommand(Summary);
        root.Directives.Clear();
        root.Options.Clear();
        foreach (Verb verb in AllVerbs())
        {
            root.Subcommands.Add(verb.CreateCommand(screen));
        }

        root.Options.Add(OutputOptions.Json);
        root.Options.Add(new HelpOption("--help", "-h", "-?") { Action = new HelpPageAction(screen), Description = "Show this page." });
        root.Options.Add(new VersionOption("--version") { Action = new VersionAction(screen), Description = "Show the version." });
        root.SetAction(_ =>
        {
            HelpPage.Write(root, root, screen);
            return (int)ExitCode.Done;
        });
        return root;
    }

    /// <summary>The verbs in the order of the help page.</summary>
    public static IReadOnlyList<Verb> AllVerbs() =>
    [
        new InspectVerb(),
        new TrainVerb(),
        new ResumeVerb(),
        new EvaluateVerb(),
        new PredictVerb(),
        new ExplainVerb(),
        new ExportVerb(),
        new VerifyVerb(),
        new PretrainVerb(),
        new ModelsVerb(),
        new DemoVerb(),
    ];
}
