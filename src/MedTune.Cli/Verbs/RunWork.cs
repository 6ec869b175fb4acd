using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Reports;

namespace MedTune.Cli.Verbs;

/// <summary>What training, resuming and the demo share: progress while it runs, the way on when it is stopped, the result with its report.</summary>
internal static class RunWork
{
    /// <summary>Does the work with its progress shown; when it is stopped, says how to go on.</summary>
    public static async Task<FinishedRun> DoAsync(Screen screen, string folder, Func<IProgress<TrainingProgress>, Task<FinishedRun>> work)
    {
        try
        {
            return await ProgressDisplay.ShowAsync(screen, work).ConfigureAwait(false);
        }
        catch (IOException exception) when (RunFolder.IsRun(folder))
        {
            throw new IOException($"{exception.Message} What was finished is kept: 'medtune resume {ShellText.Quote(folder)}' goes on with it.", exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new StoppedException(
                RunFolder.IsRun(folder) ? $"Stopped; 'medtune resume {ShellText.Quote(folder)}' goes on where it was." : "Stopped before anything was written.",
                exception);
        }
    }

    /// <summary>Draws the report into the run folder and shows the result.</summary>
    public static void Show(Screen screen, FinishedRun finished, ReportLanguage language)
    {
        string report = RunReports.Write(finished, language);
        if (screen.IsJson)
        {
            screen.Json(RunTables.Document(finished, report));
        }
        else
        {
            RunTables.Show(screen, finished, report);
        }
    }
}
