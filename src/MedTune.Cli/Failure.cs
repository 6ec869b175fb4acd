using System.Text.Json.Nodes;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.Cli;

/// <summary>Why a verb did not do what was asked, as the person and the calling program are told.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Kind">The same as a word, for machines.</param>
/// <param name="Message">One or two sentences.</param>
internal sealed record Failure(ExitCode Code, string Kind, string Message)
{
    /// <summary>The variable that, set to 1, shows where in the program a failure arose.</summary>
    public const string DebugVariable = "MEDTUNE_DEBUG";

    /// <summary>Reasons below the message, a line each; empty for a single one.</summary>
    public IReadOnlyList<string> Reasons { get; private init; } = [];

    public static Failure Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions.Count: 1 } one => Of(one.InnerExceptions[0]),
        ArgumentsException or PlanException => new Failure(ExitCode.WrongArguments, "arguments", OneLine(exception.Message)),
        DataException { Lines.Length: > 1 } data => new Failure(ExitCode.DataRefused, "data", OneLine(data.Lines[0])) { Reasons = [.. data.Lines.Skip(1).Select(OneLine)] },
        DataException => new Failure(ExitCode.DataRefused, "data", OneLine(exception.Message)),
        ModelFileException => new Failure(ExitCode.ModelRefused, "model", OneLine(exception.Message)),
        StoppedException => new Failure(ExitCode.Stopped, "stopped", exception.Message),
        OperationCanceledException => new Failure(ExitCode.Stopped, "stopped", "Stopped."),
        OutOfMemoryException => new Failure(ExitCode.InternalError, "internal", "There is not enough memory for this; use fewer rows or columns, or a machine with more."),
        IOException or UnauthorizedAccessException => new Failure(
            ExitCode.InternalError, "internal", $"A file could not be read or written: {OneLine(exception.Message)} Check the disk and the folder's permissions."),
        _ => new Failure(
            ExitCode.InternalError,
            "internal",
            $"A fault inside MedTune ({exception.GetType().Name}). Nothing is wrong with what you typed; set {DebugVariable}=1 to see where, and report it."),
    };

    public JsonObject ToJson() => new()
    {
        ["error"] = new JsonObject { ["code"] = (int)Code, ["kind"] = Kind, ["message"] = string.Join(' ', Reasons.Prepend(Message)) },
    };

    /// <summary>Tells the person on standard error, and with <c>--json</c> the program on standard output.</summary>
    public void Report(Screen screen, Exception? cause = null)
    {
        screen.Error(Code == ExitCode.Stopped ? Message : $"medtune: {Message}");
        foreach (string reason in Reasons)
        {
            screen.Error($"  - {reason}");
        }

        if (cause is not null && Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            screen.ErrorOutput.WriteLine(cause);
        }

        if (screen.IsJson)
        {
            screen.Json(ToJson());
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
