using System.CommandLine;
using System.CommandLine.Invocation;
using MedTune.Cli.Output;

namespace MedTune.Cli.Help;

/// <summary>Shows the help page of the command that was named.</summary>
internal sealed class HelpPageAction(Screen screen) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        HelpPage.Write(parseResult.CommandResult.Command, (RootCommand)parseResult.RootCommandResult.Command, screen);
        return (int)ExitCode.Done;
    }
}
