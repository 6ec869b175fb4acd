using Spectre.Console;

namespace MedTune.Cli.Output;

/// <summary>A table for people: it fits the screen's width, long texts wrap, Chinese letters count double.</summary>
internal sealed class ConsoleTable
{
    private static readonly Padding Gap = new(1, 0, 0, 0);

    private readonly Table _table = new() { Border = TableBorder.Simple, UseSafeBorder = false };

    /// <summary>A column of text.</summary>
    public ConsoleTable Column(string header, bool isWrapped = true)
    {
        _table.AddColumn(new TableColumn(Styled(header, Emphasis.Strong)) { NoWrap = !isWrapped, Padding = Gap });
        return this;
    }

    /// <summary>A column of numbers, set to the right.</summary>
    public ConsoleTable Numbers(string header)
    {
        _table.AddColumn(new TableColumn(Styled(header, Emphasis.Strong)) { NoWrap = true, Padding = Gap, Alignment = Justify.Right });
        return this;
    }

    public ConsoleTable Row(params ReadOnlySpan<Cell> cells)
    {
        var texts = new List<Text>();
        foreach (Cell cell in cells)
        {
            texts.Add(Styled(cell.Text, cell.Emphasis));
        }

        _table.AddRow(texts);
        return this;
    }

    /// <summary>The table as lines without white space at their ends.</summary>
    public IEnumerable<string> Lines(int width, bool hasColor)
    {
        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsoles.Create(writer, width, hasColor, isTerminal: false);
        console.Write(_table);
        string[] lines = writer.ToString().ReplaceLineEndings("\n").Split('\n');
        return lines.Select(line => line.TrimEnd()).Where(line => line.Length > 0);
    }

    // A line break or a control character inside a column's name must not break the table or reach the terminal.
    private static Text Styled(string text, Emphasis emphasis) => new(TerminalText.Of(text), AnsiConsoles.StyleOf(emphasis));
}
