namespace MedTune.Cli.Output;

/// <summary>One cell of a table.</summary>
/// <param name="Text">What it shows, taken literally.</param>
/// <param name="Emphasis">How it stands out.</param>
internal readonly record struct Cell(string Text, Emphasis Emphasis = Emphasis.None)
{
    public static implicit operator Cell(string text) => new(text);
}
