using Spectre.Console;
using Spectre.Console.Rendering;

namespace MedTune.Cli.Output;

/// <summary>The column of a progress bar that says how long it will still take.</summary>
internal sealed class TimeLeftColumn : ProgressColumn
{
    public const string Key = "left";

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.State.Get<string>(Key) ?? "", AnsiConsoles.StyleOf(Emphasis.Faint));
}
