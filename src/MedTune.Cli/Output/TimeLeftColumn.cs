using MedTune.Cli.Options;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MedTune.Cli.Output;

/// <summary>The column of a progress bar that says how long it will still take.</summary>
internal sealed class TimeLeftColumn : ProgressColumn
{
    private const string Key = "seconds left";

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(TextOf(task.State.Get<double>(Key)), AnsiConsoles.StyleOf(Emphasis.Faint));

    /// <summary>Notes the time left; null while it is not known.</summary>
    public static void Set(ProgressTask task, TimeSpan? left) => task.State.Update<double>(Key, _ => left?.TotalSeconds ?? 0);

    private static string TextOf(double seconds) => seconds > 0 ? $"{DurationText.Write(TimeSpan.FromSeconds(seconds))} left" : "";
}
