using System.CommandLine;

namespace MedTune.Cli.Options;

/// <summary>How many processors are used; it changes no result.</summary>
internal static class ThreadsOption
{
    public static Option<int?> Create() => TypedOption.WholeNumber("--threads", "N", "Processors to use. Changes no result. Default: all.", minimum: 1);

    public static int Read(ParseResult parsed, Option<int?> option) => parsed.GetValue(option) ?? Environment.ProcessorCount;
}
