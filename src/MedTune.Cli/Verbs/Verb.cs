using System.Collections.Immutable;
using System.CommandLine;
using MedTune.Cli.Help;
using MedTune.Cli.Output;

namespace MedTune.Cli.Verbs;

/// <summary>One thing that can be asked of <c>medtune</c>: its name, its arguments, what it does.</summary>
internal abstract class Verb
{
    /// <summary>The word to type.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for the list of verbs.</summary>
    public abstract string Summary { get; }

    /// <summary>What a person should know beyond the summary; empty when the options say it all.</summary>
    public virtual string Description => "";

    /// <summary>Lines to type, each with what it is for.</summary>
    public abstract ImmutableArray<Example> Examples { get; }

    /// <summary>The command for the parser.</summary>
    public Command CreateCommand(Screen screen)
    {
        var command = new VerbCommand(this);
        Declare(command);
        command.SetAction(async (parsed, cancellationToken) => (int)await RunAsync(parsed, screen, cancellationToken).ConfigureAwait(false));
        return command;
    }

    /// <summary>Adds arguments and options to the command, in the order of the help page.</summary>
    protected abstract void Declare(Command command);

    /// <summary>Does it and shows the result.</summary>
    protected abstract Task<ExitCode> RunAsync(ParseResult parsed, Screen screen, CancellationToken cancellationToken);
}
