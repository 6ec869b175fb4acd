namespace MedTune.Cli.Output;

/// <summary>What can be shown where.</summary>
/// <param name="Width">Places per line of the terminal.</param>
/// <param name="OutputIsTerminal">Whether a person sees standard output, and no file or pipe takes it.</param>
/// <param name="ErrorIsTerminal">Whether a person sees standard error.</param>
/// <param name="HasColor">Whether colours are wanted.</param>
internal sealed record ScreenSettings(int Width, bool OutputIsTerminal, bool ErrorIsTerminal, bool HasColor)
{
    /// <summary>Nobody watches: files and pipes.</summary>
    public static ScreenSettings Redirected { get; } = new(Screen.MaximumWidth, false, false, false);

    /// <summary>The console of this process. NO_COLOR and TERM=dumb are respected.</summary>
    public static ScreenSettings OfConsole()
    {
        bool isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        bool hasColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && !isDumb;
        return new ScreenSettings(ConsoleWidth(), !Console.IsOutputRedirected && !isDumb, !Console.IsErrorRedirected && !isDumb, hasColor);
    }

    private static int ConsoleWidth()
    {
        if (Console.IsOutputRedirected)
        {
            return Screen.MaximumWidth;
        }

        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : Screen.MaximumWidth;
        }
        catch (IOException)
        {
            return Screen.MaximumWidth; // a console without a window
        }
    }
}
