namespace MedTune.Cli.Help;

/// <summary>A line to type.</summary>
/// <param name="Line">The whole line, beginning with <c>medtune</c>.</param>
/// <param name="Purpose">What it does.</param>
internal sealed record Example(string Line, string Purpose);
