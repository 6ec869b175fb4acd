using System.Text;
using Spectre.Console;

namespace MedTune.Cli.Output;

/// <summary>Spectre.Console's consoles as this program uses them.</summary>
internal static class AnsiConsoles
{
    /// <param name="writer">Where it writes.</param>
    /// <param name="width">Letters per line.</param>
    /// <param name="hasColor">Whether colours may be written.</param>
    /// <param name="isTerminal">Whether the cursor may be moved.</param>
    public static IAnsiConsole Create(TextWriter writer, int width, bool hasColor, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasColor || isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new FixedOutput(writer, width, isTerminal),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Profile.Capabilities.Links = false;
        return console;
    }

    public static Style StyleOf(Emphasis emphasis) => emphasis switch
    {
        Emphasis.Strong => new Style(decoration: Decoration.Bold),
        Emphasis.Faint => new Style(decoration: Decoration.Dim),
        Emphasis.Good => new Style(Color.Green),
        Emphasis.Warning => new Style(Color.Olive),
        Emphasis.Bad => new Style(Color.Maroon),
        _ => Style.Plain,
    };

    private sealed class FixedOutput(TextWriter writer, int width, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
            // The process writes UTF-8 throughout.
        }
    }
}
