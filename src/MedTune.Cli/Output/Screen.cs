using System.Text.Json.Nodes;
using Spectre.Console;

namespace MedTune.Cli.Output;

/// <summary>Where results go (standard output) and where progress and errors go (standard error).</summary>
internal sealed class Screen
{
    /// <summary>The widest a line of a table or of prose gets.</summary>
    public const int MaximumWidth = 100;

    private const int MinimumWidth = 60;

    private readonly ScreenSettings _settings;

    public Screen(TextWriter output, TextWriter error, ScreenSettings settings)
    {
        Output = output;
        ErrorOutput = error;
        _settings = settings;
    }

    /// <summary>Standard output.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error.</summary>
    public TextWriter ErrorOutput { get; }

    /// <summary>Whether results are given as one JSON document.</summary>
    public bool IsJson { get; set; }

    /// <summary>Places per line.</summary>
    public int Width => Math.Clamp(_settings.Width, MinimumWidth, MaximumWidth);

    /// <summary>Whether progress bars can be drawn on standard error; NO_COLOR asks for plain lines there too.</summary>
    public bool CanDrawProgress => _settings.ErrorIsTerminal && _settings.HasColor;

    /// <summary>The screen of this process.</summary>
    public static Screen ForConsole() => new(Console.Out, Console.Error, ScreenSettings.OfConsole());

    /// <summary>Standard error as Spectre.Console draws on it.</summary>
    public IAnsiConsole ErrorConsole() => AnsiConsoles.Create(ErrorOutput, Width, CanDrawProgress, CanDrawProgress);

    /// <summary>A line that is never wrapped: something to copy, a path, a figure.</summary>
    public void Line(string text = "") => Output.WriteLine(TerminalText.Of(text));

    /// <summary>A title over what follows.</summary>
    public void Heading(string text) => Output.WriteLine(Painted(TerminalText.Of(text), Emphasis.Strong));

    /// <summary>A line of pieces that stand out each in its own way; no longer than <see cref="Width"/>.</summary>
    public void Pieces(IEnumerable<Cell> pieces)
    {
        using var writer = new StringWriter();
        var line = new Paragraph();
        foreach (Cell piece in pieces)
        {
            line.Append(TerminalText.Of(piece.Text), AnsiConsoles.StyleOf(piece.Emphasis));
        }

        AnsiConsoles.Create(writer, Width, HasColor, isTerminal: false).Write(line);
        Output.WriteLine(writer.ToString().TrimEnd());
    }

    /// <summary>Prose, wrapped at spaces.</summary>
    /// <param name="text">The prose.</param>
    /// <param name="indent">Spaces before each line.</param>
    /// <param name="firstLine">What stands in place of the spaces on the first line; null for spaces.</param>
    public void Paragraph(string text, int indent = 0, string? firstLine = null)
    {
        string space = new(' ', indent);
        string start = TerminalText.Of(firstLine ?? space);
        foreach (string line in WordWrap.Lines(TerminalText.Of(text), Width - indent))
        {
            Output.WriteLine((start + line).TrimEnd());
            start = space;
        }
    }

    /// <summary>A table.</summary>
    public void Table(ConsoleTable table)
    {
        foreach (string line in table.Lines(Width, HasColor))
        {
            Output.WriteLine(line);
        }
    }

    /// <summary>The one document of a verb with <c>--json</c>.</summary>
    public void Json(JsonNode document) => Output.WriteLine(JsonText.Write(document));

    /// <summary>A line on standard error.</summary>
    public void Error(string text) => ErrorOutput.WriteLine(TerminalText.Of(text));

    /// <summary>A field of CSV on standard output: exact for a program that reads it, harmless for a terminal.</summary>
    public string Field(string text) => _settings.OutputIsTerminal ? TerminalText.Of(text) : text;

    private bool HasColor => _settings.HasColor && _settings.OutputIsTerminal;

    private string Painted(string text, Emphasis emphasis) => HasColor && emphasis == Emphasis.Strong ? $"\u001b[1m{text}\u001b[0m" : text;
}
