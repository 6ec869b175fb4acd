using System.CommandLine;

namespace MedTune.Cli.Options;

/// <summary>How results are given.</summary>
internal static class OutputOptions
{
    /// <summary>On every verb: results for machines.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Give the result as one JSON document on standard output.",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };
}
