using System.CommandLine;
using System.CommandLine.Invocation;
using MedTune.Cli.Output;

namespace MedTune.Cli.Help;

/// <summary>Shows the version of the program.</summary>
internal sealed class VersionAction(Screen screen) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        screen.Line($"medtune {Application.Version}");
        return (int)ExitCode.Done;
    }
}
