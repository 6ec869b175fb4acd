using Spectre.Console;

namespace MedTune.Cli.Output;

/// <summary>Shows on standard error how far a run is: bars with the time left on a terminal, a line now and then elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Does the work while its progress is shown.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="work">The work; it runs on another thread, so that drawing does not wait for it.</param>
    public static async Task<T> ShowAsync<T>(Screen screen, Func<IProgress<TrainingProgress>, Task<T>> work)
    {
        if (!screen.CanDrawProgress)
        {
            var lines = new ProgressLines(screen.ErrorOutput, TimeProvider.System);
            return await Task.Run(() => work(lines)).ConfigureAwait(false);
        }

        return await screen.ErrorConsole().Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new TimeLeftColumn())
            .StartAsync(context => Task.Run(() => work(new ProgressBars(context, TimeProvider.System))))
            .ConfigureAwait(false);
    }
}
