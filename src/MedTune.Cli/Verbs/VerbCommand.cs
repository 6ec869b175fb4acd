using System.CommandLine;

namespace MedTune.Cli.Verbs;

/// <summary>A command that knows its verb, so that the help page can show examples.</summary>
internal sealed class VerbCommand(Verb verb) : Command(verb.Name, verb.Summary)
{
    public Verb Verb { get; } = verb;
}
