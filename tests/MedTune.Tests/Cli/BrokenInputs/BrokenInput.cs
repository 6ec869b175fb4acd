using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>One broken input: what is put into an empty folder, what is typed, and how the program must end.</summary>
/// <param name="Name">What is broken, in a few words; unique within its family.</param>
/// <param name="Code">The exit code.</param>
/// <param name="Arguments">What is typed; words that begin with <c>@</c> are paths in the folder.</param>
/// <param name="Prepare">Fills the folder.</param>
internal sealed record BrokenInput(string Name, ExitCode Code, string[] Arguments, Action<BrokenFolder> Prepare)
{
    /// <summary>What may be there afterwards that was not there before, for input that is taken; empty: nothing.</summary>
    public string[] Leaves { get; init; } = [];

    /// <summary>A further exit code that is as good, for files changed by chance; null for none.</summary>
    public ExitCode? Or { get; init; }

    /// <summary>What else must hold afterwards.</summary>
    public Action<BrokenFolder, ProgramRun>? Check { get; init; }

    /// <summary>Whether it must be a process of its own, with at most 512 MiB of managed memory.</summary>
    public bool IsProcess { get; init; }

    /// <summary>Variables of that process.</summary>
    public (string Name, string Value)[] Variables { get; init; } = [];
}
