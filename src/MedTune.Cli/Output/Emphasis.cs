namespace MedTune.Cli.Output;

/// <summary>How a text stands out on a terminal; redirected output has none of it.</summary>
internal enum Emphasis
{
    None,
    Strong,
    Faint,
    Good,
    Warning,
    Bad,
}
